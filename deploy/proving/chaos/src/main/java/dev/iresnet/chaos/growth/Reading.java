package dev.iresnet.chaos.growth;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One look at a process, or the mean of several.
 *
 * @param values of the gauges that could be read
 */
public record Reading(Instant at, Map<Gauge, Double> values) {

    public Reading {
        values = Map.copyOf(values);
    }

    /** The means of some readings, each gauge over those that have it. */
    public static Reading mean(Instant at, List<Reading> readings) {
        Map<Gauge, Double> means = new EnumMap<>(Gauge.class);
        for (Gauge gauge : Gauge.values()) {
            readings.stream()
                    .map(reading -> reading.of(gauge))
                    .flatMapToDouble(OptionalDouble::stream)
                    .average()
                    .ifPresent(mean -> means.put(gauge, mean));
        }
        return new Reading(at, means);
    }

    /** From figures by their names in reports; others are passed over. */
    public static Reading of(Instant at, JsonNode figures) {
        Map<Gauge, Double> values = new EnumMap<>(Gauge.class);
        for (Gauge gauge : Gauge.values()) {
            if (figures.has(gauge.member())) {
                values.put(gauge, figures.path(gauge.member()).asDouble());
            }
        }
        return new Reading(at, values);
    }

    /** Empty if it could not be read. */
    public OptionalDouble of(Gauge gauge) {
        Double value = values.get(gauge);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** The same with one gauge more. */
    public Reading with(Gauge gauge, double value) {
        Map<Gauge, Double> more = new EnumMap<>(Gauge.class);
        more.putAll(values);
        more.put(gauge, value);
        return new Reading(at, more);
    }

    /** For a report: the values by their names there. */
    public Map<String, Double> members() {
        Map<String, Double> members = new LinkedHashMap<>();
        for (Gauge gauge : Gauge.values()) {
            of(gauge).ifPresent(value -> members.put(gauge.member(), value));
        }
        return members;
    }
}
