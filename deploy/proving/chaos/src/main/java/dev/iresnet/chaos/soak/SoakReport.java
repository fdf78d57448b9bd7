package dev.iresnet.chaos.soak;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iresnet.chaos.growth.Gauge;
import dev.iresnet.chaos.growth.Rule;
import dev.iresnet.chaos.growth.Series;
import dev.iresnet.chaos.growth.Trend;
import dev.iresnet.chaos.harness.Accounting;
import dev.iresnet.chaos.harness.Report;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Holds a soak against its rules. A soak of 20 minutes at some hundred frames a second has some
 * hundred thousand frames and 900 checkpoints in its measured part, so what is lost with each is
 * much more than what these rules let through.
 *
 * @param heapsBefore megabytes in use after a full collection in the middle of the warm-up, by
 *     process
 * @param heapsAfter the same at the end, frames still flowing
 * @param verdict the verifier's
 * @param failures what failed although nothing was done to it
 */
record SoakReport(
        Log log,
        Map<String, Integer> heapsBefore,
        Map<String, Integer> heapsAfter,
        JsonNode verdict,
        List<String> failures) {

    /** How much more heap may be in use after the soak than before, in megabytes. */
    private static final int HEAP_MB = 8;

    private static final double P50 = 0.5;
    private static final double P99 = 0.99;

    /** The p99 of fresh frames. */
    private static final Rule LATENCY =
            new Rule(
                    0.25,
                    50,
                    "a row's p99 varies by about that with what else the machine does and with the"
                            + " drains before checkpoints; a queue that builds up grows by seconds");

    /** By gauge; other gauges are reported, not judged. */
    private static final Map<Gauge, Rule> RULES =
            new EnumMap<>(
                    Map.ofEntries(
                            Rule.on(
                                    Gauge.RESIDENT,
                                    0.01,
                                    0,
                                    "a leak of one crop (3 kB) a frame would be a hundred times"
                                            + " that; the heap is resident from the beginning"),
                            Rule.on(
                                    Gauge.THREADS,
                                    0,
                                    2,
                                    "the JVM adds and ends compiler threads, and a line through one"
                                            + " that comes late rises by more than one; a leak is one a"
                                            + " checkpoint"),
                            Rule.on(
                                    Gauge.HANDLES,
                                    0.02,
                                    3,
                                    "connections come and go; a leak is one a checkpoint"),
                            Rule.on(
                                    Gauge.METASPACE,
                                    0.02,
                                    1,
                                    "rarely used classes still load; a leak is a class loader's"),
                            Rule.on(
                                    Gauge.DIRECT,
                                    0.02,
                                    1,
                                    "network buffers come and go; crops are pooled and counted")));

    SoakReport {
        heapsBefore = Map.copyOf(heapsBefore);
        heapsAfter = Map.copyOf(heapsAfter);
        failures = List.copyOf(failures);
    }

    /** Of fresh frames, from capture until the result is sent. */
    Trend latency() {
        return log.means()
                .judge(
                        LATENCY,
                        "ms",
                        row -> {
                            double p99 = log.rows().get(row).untilSent().millis(P99);
                            return Double.isNaN(p99)
                                    ? OptionalDouble.empty()
                                    : OptionalDouble.of(p99);
                        });
    }

    private List<String> processes() {
        return heapsBefore.keySet().stream().sorted().toList();
    }

    /** By how many megabytes the heap in use has grown. */
    private int heapGrowth(String process) {
        return heapsAfter.getOrDefault(process, 0) - heapsBefore.getOrDefault(process, 0);
    }

    /** What does not hold; empty if everything does. */
    List<String> violations() {
        List<String> violations = new ArrayList<>(Accounting.violations(verdict));
        Series series = log.means();
        for (String process : processes()) {
            violations.addAll(Series.complaints(process, series.trends(process, RULES)));
            if (heapGrowth(process) > HEAP_MB) {
                violations.add(
                        "%s: %d MB more of the heap are in use than before, %d are let through"
                                .formatted(process, heapGrowth(process), HEAP_MB));
            }
        }
        latency().complaint("fresh frames: p99Millis").ifPresent(violations::add);
        violations.addAll(Accounting.unexpected(failures));
        return violations;
    }

    Report report(String command) {
        Timetable timetable = log.timetable();
        Series series = log.means();
        Map<String, Object> processes = new LinkedHashMap<>();
        for (String process : processes()) {
            Map<String, Object> figures = new LinkedHashMap<>(series.trends(process, RULES));
            figures.put("liveHeapMb", new Heap(heapsBefore.get(process), heapsAfter.get(process)));
            processes.put(process, figures);
        }
        return new Report(violations(), command, timetable.began(), timetable.end())
                .with("measuredFrom", timetable.start(timetable.warmUpRows()))
                .withFrames(verdict)
                .with(
                        "rule",
                        "The first quarter is warm-up. Over the means of the rows after it: %s The heap in use after a full collection may grow by %d MB."
                                .formatted(Rule.IN_WORDS, HEAP_MB))
                .with("freshFramesP99", latency())
                .with("processes", processes)
                .with(
                        "rows",
                        IntStream.range(0, log.rows().size())
                                .mapToObj(row -> row(series, row))
                                .toList());
    }

    private record Heap(@Nullable Integer before, @Nullable Integer after) {}

    private Map<String, Object> row(Series series, int index) {
        Log.Row row = log.rows().get(index);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("from", log.timetable().start(index));
        json.put("warmUp", index < log.timetable().warmUpRows());
        json.put("labeled", row.untilSent().count());
        json.put("shed", row.shed());
        json.put("p50Millis", row.untilSent().millis(P50));
        json.put("p99Millis", row.untilSent().millis(P99));
        json.put("seenP50Millis", row.untilSeen().millis(P50));
        json.put("seenP99Millis", row.untilSeen().millis(P99));
        series.processes()
                .get(index)
                .forEach(
                        (process, mean) -> {
                            Map<String, Double> gauges = mean.members();
                            row.readings().getOrDefault(process, List.of()).stream()
                                    .flatMapToDouble(one -> one.of(Gauge.HEAP).stream())
                                    .min()
                                    .ifPresent(least -> gauges.put("heapLeastMb", least));
                            json.put(process, gauges);
                        });
        return json;
    }
}
