package dev.iresnet.local;

import java.util.Locale;
import java.util.OptionalDouble;

/** A {@link Summary} for people. */
final class SummaryText {

    private SummaryText() {}

    static String of(Summary summary) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "%,d frames in: %,d labelled, %,d dead-lettered, %,d lost, %,d doubled, %,d reordered",
                summary.events(),
                summary.labeled(),
                summary.deadLettered(),
                summary.lost(),
                summary.duplicated(),
                summary.reordered());
        line(text, "  accuracy         %s", percent(summary.accuracy()));
        line(text, "  throughput       %,.1f frames/s", summary.throughputPerSecond());
        line(text, "  mean batch       %s frames", number(summary.meanBatchSize()));
        line(text, "  latency          %s  capture to send", quantiles(summary.latencyMillis()));
        line(
                text,
                "  visible latency  %s  capture to a read-committed consumer",
                quantiles(summary.visibleLatencyMillis()));
        line(text, "%s", verdict(summary));
        return text.toString();
    }

    private static String verdict(Summary summary) {
        if (!summary.allAccountedFor()) {
            return "Not every frame is accounted for.";
        }
        return summary.deadLettered() == 0
                ? "Every frame was labelled, once and in order."
                : "Every frame was answered, once and in order.";
    }

    private static void line(StringBuilder text, String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    private static String quantiles(Quantiles millis) {
        return String.format(
                Locale.ROOT,
                "p50 %,.0f  p95 %,.0f  p99 %,.0f ms",
                millis.p50(),
                millis.p95(),
                millis.p99());
    }

    private static String percent(OptionalDouble share) {
        return share.isEmpty()
                ? "not known: no frame's directory is a label of the network"
                : String.format(Locale.ROOT, "%.2f %%", 100 * share.getAsDouble());
    }

    private static String number(OptionalDouble value) {
        return value.isEmpty()
                ? "unknown"
                : String.format(Locale.ROOT, "%.2f", value.getAsDouble());
    }
}
