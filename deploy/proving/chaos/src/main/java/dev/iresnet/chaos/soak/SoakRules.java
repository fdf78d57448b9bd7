package dev.iresnet.chaos.soak;

import dev.iresnet.chaos.gauge.Gauge;
import dev.iresnet.chaos.trend.Rule;
import java.util.EnumMap;
import java.util.Map;

/**
 * When a soak counts as flat. A soak of 20 minutes at some hundred frames a second has some hundred
 * thousand frames and 900 checkpoints in its measured part, so what is lost with each is much more
 * than what these rules let through.
 */
final class SoakRules {
    /** The p99 of fresh frames. */
    static final Rule LATENCY =
            new Rule(
                    0.25,
                    50,
                    "a row's p99 varies by about that with what else the machine does and with the"
                            + " drains before checkpoints; a queue that builds up grows by seconds");

    /** How much more heap may be in use after the soak than before, in megabytes. */
    static final int HEAP_MB = 8;

    private static final Map<Gauge, Rule> RULES = rules();

    private SoakRules() {}

    /** By gauge; other gauges are reported, not judged. */
    static Map<Gauge, Rule> gauges() {
        return RULES;
    }

    private static Map<Gauge, Rule> rules() {
        Map<Gauge, Rule> rules = new EnumMap<>(Gauge.class);
        rules.put(
                Gauge.RESIDENT,
                new Rule(
                        0.01,
                        0,
                        "a leak of one crop (3 kB) a frame would be a hundred times that; the heap"
                                + " is resident from the beginning"));
        rules.put(
                Gauge.THREADS,
                new Rule(
                        0,
                        2,
                        "the JVM adds and ends compiler threads, and a line through one that comes"
                                + " late rises by more than one; a leak is one a checkpoint"));
        rules.put(
                Gauge.HANDLES,
                new Rule(0.02, 3, "connections come and go; a leak is one a checkpoint"));
        rules.put(
                Gauge.METASPACE,
                new Rule(0.02, 1, "rarely used classes still load; a leak is a class loader's"));
        rules.put(
                Gauge.DIRECT,
                new Rule(0.02, 1, "network buffers come and go; crops are pooled and counted"));
        return rules;
    }
}
