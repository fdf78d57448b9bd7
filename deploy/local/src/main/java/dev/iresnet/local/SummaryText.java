package dev.iresnet.local;

import dev.iresnet.proving.verify.Quantiles;
import dev.iresnet.proving.verify.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@link Summary} for people. */
final class SummaryText {

    private SummaryText() {}

    static String of(Summary summary) {
        Verdict verdict = summary.verdict();
        StringBuilder text = new StringBuilder();
        line(
                text,
                "%,d frames in: %,d labelled, %,d dead-lettered, %,d lost, %,d doubled, %,d reordered",
                verdict.events(),
                verdict.labeled(),
                verdict.deadLettered(),
                verdict.lost(),
                verdict.duplicated(),
                verdict.reordered());
        line(text, "  accuracy         %s", accuracy(verdict.accuracy()));
        line(text, "  throughput       %s frames/s", number(verdict.throughputPerSecond()));
        line(text, "  mean batch       %s frames", meanBatch(summary));
        line(text, "  latency          %s, capture to send", quantiles(verdict.latencyMillis()));
        line(
                text,
                "  visible latency  %s, capture to a read-committed consumer",
                quantiles(verdict.visibleLatencyMillis()));
        for (Map.Entry<String, Long> letters : verdict.deadLetteredByCode().entrySet()) {
            line(text, "  dead letters     %,d %s", letters.getValue(), letters.getKey());
        }
        for (Map.Entry<String, List<String>> examples : verdict.examples().entrySet()) {
            line(text, "  %-16s %s", examples.getKey(), String.join(", ", examples.getValue()));
        }
        line(text, "%s", conclusion(summary));
        return text.toString();
    }

    private static String conclusion(Summary summary) {
        if (!summary.allAccountedFor()) {
            return "NOT every frame is accounted for.";
        }
        return summary.verdict().labeled() == summary.verdict().events()
                ? "Every frame was labelled, once and in order."
                : "Every frame was answered, once and in order.";
    }

    private static void line(StringBuilder text, String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    private static String quantiles(@Nullable Quantiles millis) {
        return millis == null
                ? "unknown"
                : String.format(
                        Locale.ROOT,
                        "p50 %,.0f  p95 %,.0f  p99 %,.0f ms",
                        millis.p50(),
                        millis.p95(),
                        millis.p99());
    }

    private static String accuracy(@Nullable Double share) {
        return share == null
                ? "unknown: no picture lies in a directory named as one of the network's labels"
                : String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    private static String meanBatch(Summary summary) {
        return summary.meanBatchSize().isEmpty()
                ? "unknown"
                : number(summary.meanBatchSize().getAsDouble());
    }

    private static String number(@Nullable Double value) {
        return value == null ? "unknown" : String.format(Locale.ROOT, "%,.1f", value);
    }
}
