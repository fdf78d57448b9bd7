package dev.iresnet.chaos.gauge;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One look at a process.
 *
 * @param values of the gauges that were to be had
 */
public record Reading(Instant at, Map<Gauge, Double> values) {

    public Reading {
        values = Map.copyOf(values);
    }

    /** Empty if nobody told. */
    public OptionalDouble of(Gauge gauge) {
        Double value = values.get(gauge);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    static Map<Gauge, Double> nothing() {
        return new EnumMap<>(Gauge.class);
    }
}
