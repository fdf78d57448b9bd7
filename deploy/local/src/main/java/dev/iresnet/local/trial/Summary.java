package dev.iresnet.local.trial;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.local.process.LocalException;
import dev.iresnet.proving.verify.Quantiles;
import dev.iresnet.proving.verify.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How a run went.
 *
 * @param verdict the verifier's, which read committed answers only
 * @param meanBatchSize frames a batch, from the job's own counters over REST
 * @param versions of what took part, by name
 */
public record Summary(Verdict verdict, OptionalDouble meanBatchSize, Map<String, String> versions) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Whether each frame was answered once and in order, and nothing else was. */
    public boolean allAccountedFor() {
        return verdict.isFaultless()
                && verdict.labeled() + verdict.stale() + verdict.deadLettered() == verdict.events();
    }

    /** For people. */
    public String text() {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "%,d frames in: %,d labelled, %,d dead-lettered, %,d lost, %,d doubled, %,d"
                        + " reordered",
                verdict.events(),
                verdict.labeled(),
                verdict.deadLettered(),
                verdict.lost(),
                verdict.duplicated(),
                verdict.reordered());
        if (verdict.objects() != null) {
            line(text, "  objects          %,d found", verdict.objects());
        } else {
            line(text, "  accuracy         %s", accuracy(verdict.accuracy()));
        }
        line(text, "  throughput       %s results/s", number(verdict.throughputPerSecond()));
        line(text, "  mean batch       %s frames", meanBatch());
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
        line(text, "%s", conclusion());
        return text.toString();
    }

    private String conclusion() {
        if (!allAccountedFor()) {
            return "NOT every frame is accounted for.";
        }
        return verdict.labeled() == verdict.events()
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

    private String meanBatch() {
        return meanBatchSize().isEmpty() ? "unknown" : number(meanBatchSize().getAsDouble());
    }

    private static String number(@Nullable Double value) {
        return value == null ? "unknown" : String.format(Locale.ROOT, "%,.1f", value);
    }

    public void writeJson(Path file) {
        try {
            Files.writeString(file, json().toPrettyString() + "\n");
        } catch (IOException e) {
            throw new LocalException("Cannot write %s (--json): %s".formatted(file, e), e);
        }
    }

    /** For machines: the verdict's members, and what this run adds. */
    public ObjectNode json() {
        ObjectNode json = JSON.valueToTree(verdict);
        json.remove("faultless");
        // The verifier has its own, from the results; this one is the job's own.
        if (meanBatchSize().isPresent()) {
            json.put("meanBatchSize", meanBatchSize().getAsDouble());
        } else {
            json.putNull("meanBatchSize");
        }
        ObjectNode versions = json.putObject("versions");
        versions().forEach(versions::put);
        return json;
    }
}
