package dev.iresnet.replay;

import dev.iresnet.event.FailureCode;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What was found among dead letters. */
final class Tally {
    /** Different refusals that are told; a stranger can think of any number. */
    static final int MOST_REFUSALS = 10;

    private static final String OTHER_REFUSALS = "for other reasons of this kind";

    private final Map<FailureCode, Long> chosen = new EnumMap<>(FailureCode.class);
    private final Map<FailureCode, Long> left = new EnumMap<>(FailureCode.class);
    private final Map<String, Long> destinations = new TreeMap<>();
    private final Map<String, Long> gone = new TreeMap<>();
    private final Map<String, Long> refused = new TreeMap<>();
    private long old;
    private long foreign;

    void choose(DeadLetter letter) {
        chosen.merge(letter.code(), 1L, Long::sum);
        destinations.merge(letter.origin().topic(), 1L, Long::sum);
    }

    /** It is of a code that was not asked for. */
    void leave(DeadLetter letter) {
        left.merge(letter.code(), 1L, Long::sum);
    }

    /** It is older than was asked for. */
    void passOver() {
        old++;
    }

    /** Nothing of ours has written it. */
    void wonder() {
        foreign++;
    }

    /** Its headers name a place that nothing is sent to. */
    void refuse(String reason) {
        boolean told = refused.containsKey(reason) || refused.size() < MOST_REFUSALS;
        refused.merge(told ? reason : OTHER_REFUSALS, 1L, Long::sum);
    }

    /** Its value did not fit, and the record that had it is no longer kept. */
    void lose(DeadLetter letter) {
        gone.merge(letter.origin() + "@" + letter.offset(), 1L, Long::sum);
    }

    long chosen() {
        return chosen.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Those that cannot be replayed. */
    long lost() {
        return gone.size();
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
