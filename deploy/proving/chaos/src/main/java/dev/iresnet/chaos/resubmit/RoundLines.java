package dev.iresnet.chaos.resubmit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.chaos.gauge.Gauge;
import dev.iresnet.chaos.gauge.Reading;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rounds that a script has written down, a JSON object a line. */
final class RoundLines {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LIVE_HEAP = "liveHeapMb";

    private RoundLines() {}

    /**
     * Reads them.
     *
     * @throws IOException if a line is not one
     * @throws IllegalArgumentException if there is none
     */
    static List<Round> read(List<String> lines) throws IOException {
        List<Round> rounds = new ArrayList<>();
        for (String line : lines) {
            rounds.add(round(JSON.readTree(line)));
        }
        if (rounds.isEmpty()) {
            throw new IllegalArgumentException("there is no round");
        }
        return rounds;
    }

    private static Round round(JsonNode line) {
        Instant at = Instant.parse(line.path("cancelledAt").asText());
        Map<String, Reading> readings = new HashMap<>();
        Map<String, Integer> heaps = new HashMap<>();
        line.path("processes")
                .properties()
                .forEach(
                        process -> {
                            JsonNode figures = process.getValue();
                            readings.put(process.getKey(), reading(at, figures));
                            if (figures.has(LIVE_HEAP)) {
                                heaps.put(process.getKey(), figures.path(LIVE_HEAP).asInt());
                            }
                        });
        return new Round(
                line.path("job").asText(),
                at,
                line.path("answered").asLong(),
                line.path("uncommitted").asLong(),
                readings,
                heaps);
    }

    private static Reading reading(Instant at, JsonNode figures) {
        Map<Gauge, Double> values = new EnumMap<>(Gauge.class);
        for (Gauge gauge : Gauge.values()) {
            if (figures.has(gauge.member())) {
                values.put(gauge, figures.path(gauge.member()).asDouble());
            }
        }
        return new Reading(at, values);
    }
}
