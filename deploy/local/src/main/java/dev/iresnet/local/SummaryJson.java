package dev.iresnet.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** A {@link Summary} for machines. Names are a contract. */
final class SummaryJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private SummaryJson() {}

    static void write(Summary summary, Path file) {
        try {
            Files.writeString(
                    file,
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsString(of(summary)) + "\n");
        } catch (IOException e) {
            throw new LocalException("Cannot write %s (--json): %s".formatted(file, e), e);
        }
    }

    static ObjectNode of(Summary summary) {
        ObjectNode json = JSON.createObjectNode();
        json.put("events", summary.events());
        json.put("labeled", summary.labeled());
        json.put("deadLettered", summary.deadLettered());
        json.put("lost", summary.lost());
        json.put("duplicated", summary.duplicated());
        json.put("reordered", summary.reordered());
        put(json, "accuracy", summary.accuracy());
        put(json, "meanBatchSize", summary.meanBatchSize());
        json.put("throughputPerSecond", summary.throughputPerSecond());
        put(json.putObject("latencyMillis"), summary.latencyMillis());
        put(json.putObject("visibleLatencyMillis"), summary.visibleLatencyMillis());
        ObjectNode versions = json.putObject("versions");
        summary.versions().forEach(versions::put);
        return json;
    }

    private static void put(ObjectNode json, String name, OptionalDouble value) {
        if (value.isPresent()) {
            json.put(name, value.getAsDouble());
        } else {
            json.putNull(name);
        }
    }

    private static void put(ObjectNode json, Quantiles quantiles) {
        json.put("p50", quantiles.p50());
        json.put("p95", quantiles.p95());
        json.put("p99", quantiles.p99());
    }
}
