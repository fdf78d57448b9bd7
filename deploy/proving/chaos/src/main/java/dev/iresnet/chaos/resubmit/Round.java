package dev.iresnet.chaos.resubmit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.chaos.growth.Reading;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One job, from its submission to its cancellation, and what the cluster's processes held
 * afterwards.
 *
 * @param job its id, as Flink gave it
 * @param cancelledAt when Flink said so
 * @param answered frames since the round before
 * @param uncommitted frames without an answer at the moment of cancellation
 * @param processes readings by process, after a full collection, and after the C library has given
 *     back what it held free
 */
record Round(
        String job,
        Instant cancelledAt,
        long answered,
        long uncommitted,
        Map<String, Reading> processes) {

    private static final ObjectMapper JSON = new ObjectMapper();

    Round {
        processes = Map.copyOf(processes);
    }

    /**
     * Reads rounds that a script has written down, a JSON object a line.
     *
     * @throws IOException if a line is not one
     * @throws IllegalArgumentException if there is none
     */
    static List<Round> read(List<String> lines) throws IOException {
        List<Round> rounds = new ArrayList<>();
        for (String line : lines) {
            JsonNode json = JSON.readTree(line);
            Instant at = Instant.parse(json.path("cancelledAt").asText());
            Map<String, Reading> processes = new HashMap<>();
            json.path("processes")
                    .properties()
                    .forEach(one -> processes.put(one.getKey(), Reading.of(at, one.getValue())));
            rounds.add(
                    new Round(
                            json.path("job").asText(),
                            at,
                            json.path("answered").asLong(),
                            json.path("uncommitted").asLong(),
                            processes));
        }
        if (rounds.isEmpty()) {
            throw new IllegalArgumentException("there is no round");
        }
        return rounds;
    }

    /** As a report has it: each process by its name beside the rest. */
    Map<String, Object> row() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("job", job);
        row.put("cancelledAt", cancelledAt);
        row.put("answered", answered);
        row.put("uncommitted", uncommitted);
        new TreeMap<>(processes).forEach((name, reading) -> row.put(name, reading.members()));
        return row;
    }
}
