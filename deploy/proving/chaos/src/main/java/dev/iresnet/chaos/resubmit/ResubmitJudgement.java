package dev.iresnet.chaos.resubmit;

import dev.iresnet.chaos.account.Accounting;
import dev.iresnet.chaos.gauge.Gauge;
import dev.iresnet.chaos.trend.Rule;
import dev.iresnet.chaos.trend.Trend;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Holds a run against its rules. */
final class ResubmitJudgement {
    /** Of the heap in use after a full collection. */
    static final Rule LIVE_HEAP =
            new Rule(0.05, 4, "a job that stays behind keeps its buffers; Flink keeps its history");

    /** By gauge; other gauges are reported, not judged. */
    static final Map<Gauge, Rule> RULES = rules();

    private final ResubmitOutcome outcome;
    private final ResubmitOptions options;

    ResubmitJudgement(ResubmitOutcome outcome, ResubmitOptions options) {
        this.outcome = outcome;
        this.options = options;
    }

    private static Map<Gauge, Rule> rules() {
        Map<Gauge, Rule> rules = new EnumMap<>(Gauge.class);
        rules.put(
                Gauge.METASPACE,
                new Rule(0.03, 0, "a class loader that stays behind is some MB with each job"));
        rules.put(
                Gauge.CLASSES,
                new Rule(0.03, 0, "a class loader that stays behind has thousands of classes"));
        rules.put(
                Gauge.RESIDENT,
                new Rule(
                        0.03,
                        0,
                        "an engine that stays behind is a model, its crops and its threads' stacks"
                                + " with each job; the heap is resident from the beginning"));
        rules.put(
                Gauge.THREADS,
                new Rule(
                        0,
                        4,
                        "a thread that stays behind is one with each job; the pools of Flink and"
                                + " the compilers of the JVM lend and end some"));
        rules.put(
                Gauge.HANDLES,
                new Rule(0.02, 3, "a jar or connection that stays behind is one with each job"));
        return rules;
    }

    List<String> processes() {
        return outcome.rounds().get(0).readings().keySet().stream().sorted().toList();
    }

    Map<Gauge, Trend> trends(String process) {
        Map<Gauge, Trend> trends = new LinkedHashMap<>();
        RULES.forEach((gauge, rule) -> trends.put(gauge, judge(rule, of(process, gauge))));
        return trends;
    }

    Trend liveHeap(String process) {
        return judge(
                LIVE_HEAP,
                round -> {
                    Integer heap = round.liveHeapMb().get(process);
                    return heap == null ? OptionalDouble.empty() : OptionalDouble.of(heap);
                });
    }

    /** What does not hold; empty if everything does. */
    List<String> violations() {
        List<String> violations = new ArrayList<>(Accounting.violations(outcome.verdict()));
        for (String process : processes()) {
            trends(process)
                    .forEach(
                            (gauge, trend) ->
                                    trend.complaint(process + ": " + gauge.member(), "round")
                                            .ifPresent(violations::add));
            liveHeap(process)
                    .complaint(process + ": liveHeapMb", "round")
                    .ifPresent(violations::add);
        }
        if (outcome.rounds().size() < options.times()) {
            violations.add(
                    "only %d rounds of %d".formatted(outcome.rounds().size(), options.times()));
        }
        outcome.surprises().forEach(surprise -> violations.add("unasked for: " + surprise));
        return violations;
    }

    private static Function<Round, OptionalDouble> of(String process, Gauge gauge) {
        return round -> {
            var reading = round.readings().get(process);
            return reading == null ? OptionalDouble.empty() : reading.of(gauge);
        };
    }

    private Trend judge(Rule rule, Function<Round, OptionalDouble> value) {
        return rule.judge(
                IntStream.range(options.warmUp(), outcome.rounds().size()),
                round -> round + 1,
                round -> value.apply(outcome.rounds().get(round)));
    }
}
