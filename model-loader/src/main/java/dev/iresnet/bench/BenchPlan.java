package dev.iresnet.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.model.Precision;
import java.util.List;

/**
 * What one process measures.
 *
 * @param model directory of a version
 * @param threads that compute, 1..1024
 * @param precisions to be tried
 * @param batches pictures a call, each 1..4096
 * @param seconds that each pair of precision and batch is run for, above 0
 */
public record BenchPlan(
        String model,
        int threads,
        List<Precision> precisions,
        List<Integer> batches,
        double seconds) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    public BenchPlan {
        precisions = List.copyOf(precisions);
        batches = List.copyOf(batches);
        if (threads < 1 || threads > 1024) {
            throw new IllegalArgumentException("threads must be 1..1024, got " + threads);
        }
        if (precisions.isEmpty() || batches.isEmpty()) {
            throw new IllegalArgumentException("a precision and a batch size must be named");
        }
        for (int batch : batches) {
            if (batch < 1 || batch > 4096) {
                throw new IllegalArgumentException("a batch must be 1..4096, got " + batch);
            }
        }
        if (!(seconds > 0 && seconds <= 3600)) {
            throw new IllegalArgumentException("seconds must be above 0, to 3600, got " + seconds);
        }
    }

    /** How many measurements it makes. */
    public int size() {
        return precisions.size() * batches.size();
    }

    String toJson() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of plain values can be written", e);
        }
    }

    static BenchPlan fromJson(String json) throws JsonProcessingException {
        return MAPPER.readValue(json, BenchPlan.class);
    }
}
