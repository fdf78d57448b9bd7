package dev.iresnet.chaos.soak;

import dev.iresnet.chaos.account.Accounting;
import dev.iresnet.chaos.gauge.Gauge;
import dev.iresnet.chaos.trend.Rule;
import dev.iresnet.chaos.trend.Trend;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Holds a soak against its rules. */
final class SoakJudgement {
    private static final double P99 = 0.99;

    private final SoakOutcome outcome;
    private final Timetable timetable;

    SoakJudgement(SoakOutcome outcome) {
        this.outcome = outcome;
        this.timetable = outcome.timetable();
    }

    /** Names of the processes that were looked at. */
    List<String> processes() {
        return outcome.heaps().before().keySet().stream().sorted().toList();
    }

    /** A process's gauges that are judged. */
    Map<Gauge, Trend> trends(String process) {
        Map<Gauge, Trend> trends = new LinkedHashMap<>();
        SoakRules.gauges()
                .forEach(
                        (gauge, rule) ->
                                trends.put(gauge, judge(rule, row -> row.mean(process, gauge))));
        return trends;
    }

    /** Of fresh frames, from capture until the result is sent. */
    Trend latency() {
        return judge(SoakRules.LATENCY, SoakJudgement::p99);
    }

    /** By how many megabytes the heap in use has grown. */
    int heapGrowth(String process) {
        return outcome.heaps().after().getOrDefault(process, 0)
                - outcome.heaps().before().getOrDefault(process, 0);
    }

    /** What does not hold; empty if everything does. */
    List<String> violations() {
        List<String> violations = new ArrayList<>(Accounting.violations(outcome.verdict()));
        for (String process : processes()) {
            trends(process)
                    .forEach(
                            (gauge, trend) ->
                                    trend.complaint(process + ": " + gauge.member(), "minute")
                                            .ifPresent(violations::add));
            if (heapGrowth(process) > SoakRules.HEAP_MB) {
                violations.add(
                        "%s: %d MB more of the heap are in use than before, %d are let through"
                                .formatted(process, heapGrowth(process), SoakRules.HEAP_MB));
            }
        }
        latency().complaint("fresh frames: p99Millis", "minute").ifPresent(violations::add);
        outcome.surprises().forEach(surprise -> violations.add("unasked for: " + surprise));
        return violations;
    }

    private static OptionalDouble p99(Log.Row row) {
        double value = row.untilSent().quantileMillis(P99);
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Over the rows after the warm-up that have a value. */
    private Trend judge(Rule rule, Function<Log.Row, OptionalDouble> value) {
        return rule.judge(
                IntStream.range(timetable.warmUpRows(), timetable.rows()),
                timetable::minutes,
                row -> value.apply(outcome.log().rows().get(row)));
    }
}
