package dev.iresnet.chaos.resubmit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.chaos.growth.Gauge;
import dev.iresnet.chaos.growth.Rule;
import dev.iresnet.chaos.growth.Series;
import dev.iresnet.chaos.growth.Trend;
import dev.iresnet.chaos.harness.Accounting;
import dev.iresnet.chaos.harness.Report;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Holds rounds against their rules.
 *
 * @param times that there should be
 * @param warmUp of those, after which nothing may grow any more
 * @param ratePerSecond at which frames came all the while
 * @param verdict the verifier's
 * @param failures processes that ended by themselves
 */
record ResubmitReport(
        int times,
        int warmUp,
        double ratePerSecond,
        List<Round> rounds,
        JsonNode verdict,
        List<String> failures) {

    /** By gauge; other gauges are reported, not judged. */
    private static final Map<Gauge, Rule> RULES =
            new EnumMap<>(
                    Map.ofEntries(
                            Rule.on(
                                    Gauge.METASPACE,
                                    0.03,
                                    0,
                                    "a class loader that stays behind is some MB with each job"),
                            Rule.on(
                                    Gauge.CLASSES,
                                    0.03,
                                    0,
                                    "a class loader that stays behind has thousands of classes"),
                            Rule.on(
                                    Gauge.RESIDENT,
                                    0.03,
                                    0,
                                    "an engine that stays behind is a model, its crops and its"
                                            + " threads' stacks with each job; the heap is resident"
                                            + " from the beginning"),
                            Rule.on(
                                    Gauge.THREADS,
                                    0,
                                    4,
                                    "a thread that stays behind is one with each job; the pools of"
                                            + " Flink and the compilers of the JVM lend and end some"),
                            Rule.on(
                                    Gauge.HANDLES,
                                    0.02,
                                    3,
                                    "a jar or connection that stays behind is one with each job"),
                            Rule.on(
                                    Gauge.LIVE_HEAP,
                                    0.05,
                                    4,
                                    "a job that stays behind keeps its buffers; Flink keeps its"
                                            + " history")));

    ResubmitReport {
        rounds = List.copyOf(rounds);
        failures = List.copyOf(failures);
    }

    /** By process and the gauge's name. */
    Map<String, Map<String, Trend>> trends() {
        Series series =
                new Series(
                        "round",
                        IntStream.rangeClosed(1, rounds.size()).asDoubleStream().toArray(),
                        rounds.stream().map(Round::processes).toList(),
                        warmUp);
        Map<String, Map<String, Trend>> trends = new LinkedHashMap<>();
        series.names().forEach(name -> trends.put(name, series.trends(name, RULES)));
        return trends;
    }

    /** What does not hold; empty if everything does. */
    List<String> violations() {
        List<String> violations = new ArrayList<>(Accounting.violations(verdict));
        trends().forEach((name, trends) -> violations.addAll(Series.complaints(name, trends)));
        if (rounds.size() < times) {
            violations.add("only %d rounds of %d".formatted(rounds.size(), times));
        }
        violations.addAll(Accounting.unexpected(failures));
        return violations;
    }

    ObjectNode json(String command, Instant began, Instant ended) {
        return new Report(violations(), command, began, ended)
                .with("ratePerSecond", ratePerSecond)
                .with("taskManagersLost", failures.size())
                .with(
                        "rule",
                        "The first %d rounds are warm-up. Over those after it: %s"
                                .formatted(warmUp, Rule.IN_WORDS))
                .withFrames(verdict)
                .with("processes", trends())
                .with("rounds", rounds.stream().map(Round::row).toList())
                .json();
    }
}
