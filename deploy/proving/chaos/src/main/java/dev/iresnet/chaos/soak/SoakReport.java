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
 * @param fresh rule for the p99 of fresh frames
 */
record SoakReport(
        Log log,
        Map<String, Integer> heapsBefore,
        Map<String, Integer> heapsAfter,
        JsonNode verdict,
        List<String> failures,
        Rule fresh) {

    /** What the log calls the job, of which it has the checkpoints. */
    static final String JOB = "job";

    /** How much more heap may be in use after the soak than before, in megabytes. */
    private static final int HEAP_MB = 8;

    /** The same as a share of what is in use, where that is more: clips under way are. */
    private static final double HEAP_SHARE = 0.03;

    private static final double P50 = 0.5;
    private static final double P99 = 0.99;

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

    /** Of the job's checkpoints. */
    private static final Map<Gauge, Rule> CHECKPOINT_RULES =
            new EnumMap<>(
                    Map.ofEntries(
                            Rule.on(
                                    Gauge.STATE,
                                    0.02,
                                    1,
                                    "cameras stay the same, and so do, on average, the frames that"
                                            + " wait for their clips; a camera that is never"
                                            + " forgotten would add its clip"),
                            Rule.on(
                                    Gauge.CHECKPOINT,
                                    0.25,
                                    0.5,
                                    "it depends on the disk and on what else the machine does")));

    SoakReport {
        heapsBefore = Map.copyOf(heapsBefore);
        heapsAfter = Map.copyOf(heapsAfter);
        failures = List.copyOf(failures);
    }

    /** Of fresh frames, from capture until the result is sent. */
    Trend latency() {
        return log.means()
                .judge(
                        fresh,
                        "ms",
                        row -> {
                            double p99 = log.rows().get(row).untilSent().millis(P99);
                            return Double.isNaN(p99)
                                    ? OptionalDouble.empty()
                                    : OptionalDouble.of(p99);
                        });
    }

    /** Of the job's checkpoints, by the names of the gauges. */
    static Map<String, Trend> checkpoints(Series series) {
        return series.trends(JOB, CHECKPOINT_RULES);
    }

    private List<String> processes() {
        return heapsBefore.keySet().stream().sorted().toList();
    }

    /** By how many megabytes the heap in use has grown. */
    private int heapGrowth(String process) {
        return heapsAfter.getOrDefault(process, 0) - heapsBefore.getOrDefault(process, 0);
    }

    private long heapAllowance(String process) {
        return Math.max(HEAP_MB, Math.round(HEAP_SHARE * heapsBefore.getOrDefault(process, 0)));
    }

    /** What does not hold; empty if everything does. */
    List<String> violations() {
        List<String> violations = new ArrayList<>(Accounting.violations(verdict));
        Series series = log.means();
        for (String process : processes()) {
            violations.addAll(Series.complaints(process, series.trends(process, RULES)));
            if (heapGrowth(process) > heapAllowance(process)) {
                violations.add(
                        "%s: %d MB more of the heap are in use than before, %d are let through"
                                .formatted(process, heapGrowth(process), heapAllowance(process)));
            }
        }
        violations.addAll(Series.complaints(JOB, checkpoints(series)));
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
                        "Rows before measuredFrom are warm-up. Over the means of the rows after it: %s The heap in use after a full collection may grow by %d MB, or by %.0f%%."
                                .formatted(Rule.IN_WORDS, HEAP_MB, 100 * HEAP_SHARE))
                .with("freshFramesP99", latency())
                .with("checkpoints", checkpoints(series))
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
