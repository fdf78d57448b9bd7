package dev.iresnet.chaos.gauge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JVM's figures as Flink's REST interface gives them. */
final class FlinkMetrics {
    private static final double BYTES_PER_MB = 1 << 20;
    private static final String JVM = "Status.JVM.";
    private static final String HEAP = JVM + "Memory.Heap.Used";
    private static final String METASPACE = JVM + "Memory.Metaspace.Used";
    private static final String DIRECT = JVM + "Memory.Direct.MemoryUsed";
    private static final String LOADED = JVM + "ClassLoader.ClassesLoaded";
    private static final String UNLOADED = JVM + "ClassLoader.ClassesUnloaded";

    /** What to ask for. */
    static final String NAMES = String.join(",", HEAP, METASPACE, DIRECT, LOADED, UNLOADED);

    private FlinkMetrics() {}

    /** Adds what the answer tells. */
    static void read(JsonNode answer, Map<Gauge, Double> values) {
        Map<String, Double> told = new HashMap<>();
        answer.forEach(one -> told.put(one.path("id").asText(), one.path("value").asDouble()));
        megabytes(told.get(HEAP), Gauge.HEAP, values);
        megabytes(told.get(METASPACE), Gauge.METASPACE, values);
        megabytes(told.get(DIRECT), Gauge.DIRECT, values);
        Double loaded = told.get(LOADED);
        Double unloaded = told.get(UNLOADED);
        if (loaded != null && unloaded != null) {
            values.put(Gauge.CLASSES, loaded - unloaded);
        }
    }

    private static void megabytes(@Nullable Double bytes, Gauge gauge, Map<Gauge, Double> values) {
        if (bytes != null) {
            values.put(gauge, bytes / BYTES_PER_MB);
        }
    }
}
