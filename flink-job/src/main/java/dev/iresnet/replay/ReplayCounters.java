package dev.iresnet.replay;

import dev.iresnet.event.FailureCode;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts what a replay finds among the dead letters. */
final class ReplayCounters {
    /** Refusals that are listed: headers can be forged, and cause any number of them. */
    static final int MOST_REFUSALS = 10;

    private static final String OTHER_REFUSALS = "for other reasons of this kind";

    private final Map<FailureCode, Long> chosen = new EnumMap<>(FailureCode.class);
    private final Map<FailureCode, Long> left = new EnumMap<>(FailureCode.class);
    private final Map<String, Long> destinations = new TreeMap<>();
    private final Map<String, Long> gone = new TreeMap<>();
    private final Map<String, Long> refused = new TreeMap<>();
    private long old;
    private long foreign;

    void sent(DeadLetter letter) {
        chosen.merge(letter.code(), 1L, Long::sum);
        destinations.merge(letter.origin().topic(), 1L, Long::sum);
    }

    /** Its code was not asked for. */
    void notChosen(DeadLetter letter) {
        left.merge(letter.code(), 1L, Long::sum);
    }

    /** It is older than --since. */
    void tooOld() {
        old++;
    }

    /** No job of this kind has written it. */
    void foreign() {
        foreign++;
    }

    /** Its headers name a topic or partition that nothing may be sent to. */
    void refused(String reason) {
        boolean listed = refused.containsKey(reason) || refused.size() < MOST_REFUSALS;
        refused.merge(listed ? reason : OTHER_REFUSALS, 1L, Long::sum);
    }

    /** Its value was too large for it, and Kafka has deleted the original record. */
    void gone(DeadLetter letter) {
        gone.merge(letter.origin() + "@" + letter.offset(), 1L, Long::sum);
    }

    long chosen() {
        return chosen.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Lines for people. */
    String text(String topic, boolean sent) {
        StringBuilder text = new StringBuilder();
        text.append(topic).append(": ").append(chosen());
        text.append(sent ? " dead letters sent back" : " dead letters would be sent back");
        if (!destinations.isEmpty()) {
            text.append(" to ").append(String.join(", ", destinations.keySet()));
        }
        text.append('\n');
        chosen.forEach((code, count) -> text.append("  %s: %d%n".formatted(code, count)));
        left.forEach((code, count) -> text.append("  not chosen, %s: %d%n".formatted(code, count)));
        if (old > 0) {
            text.append("  passed over, too old: %d%n".formatted(old));
        }
        if (foreign > 0) {
            text.append("  passed over, not written by this job: %d%n".formatted(foreign));
        }
        refused.forEach((why, count) -> text.append("  refused, %d: %s%n".formatted(count, why)));
        gone.keySet()
                .forEach(
                        place ->
                                text.append(
                                        "  cannot be sent, too large to be kept whole and gone from %s%n"
                                                .formatted(place)));
        return text.toString();
    }
}
