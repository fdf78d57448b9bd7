package dev.iresnet.benchmark.experiment;

import dev.iresnet.benchmark.job.FullLoad;
import dev.iresnet.benchmark.job.StandIn;
import dev.iresnet.benchmark.job.Standing;
import dev.iresnet.benchmark.piece.FrameWorker;
import dev.iresnet.benchmark.piece.Span;
import dev.iresnet.benchmark.stat.Figure;
import dev.iresnet.benchmark.worker.WorkerProcess;
import dev.iresnet.proving.feed.FeedPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Latency against load, against the checkpoint interval, and under other rules of batching. Curves
 * for a reader, without targets.
 */
public final class Curves implements Experiment {
    private static final List<Double> LOADS = List.of(0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95);
    private static final List<Integer> INTERVALS = List.of(200, 500, 1000, 2000, 5000, 10_000);
    private static final String AT_LEAST_ONCE = "--delivery.guarantee=at-least-once";
    private static final int CAMERAS = 16;
    private static final int LONGER = 4;
    private static final double HALF = 0.5;

    /** What a frame's share of the stand-in's batch is nearly free of, as on a GPU. */
    private static final int STAND_IN_MILLIS = 20;

    private static final List<Rule> RULES =
            List.of(
                    new Rule("work-conserving", List.of()),
                    new Rule("delay 5 ms", List.of("--batch.max-delay=5 ms")),
                    new Rule("delay 20 ms", List.of("--batch.max-delay=20 ms")),
                    new Rule("delay 100 ms", List.of("--batch.max-delay=100 ms")),
                    new Rule("batch 1", List.of("--batch.max-size=1")),
                    new Rule("batch 8", List.of("--batch.max-size=8")),
                    new Rule("one batch in flight", List.of("--device.threads=1")));

    /** A way to form batches. */
    private record Rule(String name, List<String> options) {}

    /** The visible latency at a checkpoint interval. */
    record Visible(int checkpointMillis, LoadPoint point) {}

    /**
     * What a rule comes to.
     *
     * @param device that had the batches
     * @param framesPerSecond with as much to do as it could
     */
    record Batching(String device, String rule, double framesPerSecond, List<LoadPoint> points) {}

    @Override
    public List<Figure> figures() {
        return List.of();
    }

    @Override
    public void run(Bench bench, Findings findings) throws IOException {
        Path version = Path.of(bench.model().path());
        double capacity;
        try (WorkerProcess alone = P99VsIdealQueue.frames(bench, version)) {
            capacity = alone.ask(new Span(bench.seconds()), FrameWorker.Answer.class).rate();
        }
        bench.say("one by one: %.1f frames/s", capacity);
        findings.also("framesPerSecondOneByOne", capacity);
        findings.also("loadLatency", loadLatency(bench, version, capacity));
        findings.also("visibleLatency", visibleLatency(bench, version, capacity));
        List<Batching> batching = new ArrayList<>();
        for (Rule rule : RULES) {
            batching.add(batching(bench, rule, version, StandIn.NONE, capacity));
            batching.add(
                    batching(
                            bench,
                            rule,
                            bench.files().version(),
                            new StandIn(256, 1000, STAND_IN_MILLIS),
                            1000.0 / STAND_IN_MILLIS));
            findings.also("batching", batching);
        }
    }

    private static List<LoadPoint> loadLatency(Bench bench, Path version, double capacity)
            throws IOException {
        List<LoadPoint> points = new ArrayList<>();
        try (Standing job = open(bench, version, StandIn.NONE, List.of(AT_LEAST_ONCE))) {
            for (FeedPlan.Spacing spacing : FeedPlan.Spacing.values()) {
                for (double load : LOADS) {
                    points.add(tell(bench, "", point(bench, job, spacing, load, capacity)));
                }
            }
        }
        return points;
    }

    private static List<Visible> visibleLatency(Bench bench, Path version, double capacity)
            throws IOException {
        List<Visible> points = new ArrayList<>();
        for (int interval : INTERVALS) {
            String option = "--checkpoint.interval=%d ms".formatted(interval);
            try (Standing job = open(bench, version, StandIn.NONE, List.of(option))) {
                LoadPoint point = point(bench, job, FeedPlan.Spacing.PERIODIC, HALF, capacity);
                points.add(new Visible(interval, tell(bench, interval + " ms ", point)));
            }
        }
        return points;
    }

    private static Batching batching(
            Bench bench, Rule rule, Path version, StandIn stand, double capacity)
            throws IOException {
        List<String> options = new ArrayList<>(rule.options());
        options.add(AT_LEAST_ONCE);
        String device = stand.equals(StandIn.NONE) ? Bench.NETWORK : "20 ms a batch";
        try (Standing job = open(bench, version, stand, options)) {
            long frames = Math.round(LONGER * capacity * bench.seconds());
            double most = FullLoad.framesPerSecond(job, CAMERAS, frames);
            List<LoadPoint> points = new ArrayList<>();
            for (double load : List.of(HALF, 0.9)) {
                LoadPoint point = point(bench, job, FeedPlan.Spacing.POISSON, load, capacity);
                points.add(tell(bench, device + ", " + rule.name() + ": ", point));
            }
            return new Batching(device, rule.name(), most, points);
        }
    }

    private static Standing open(Bench bench, Path version, StandIn stand, List<String> options)
            throws IOException {
        Standing job = bench.open(version, 1, stand, options);
        job.label(0, job.burst(CAMERAS, 2 * Bench.BATCH));
        return job;
    }

    private static LoadPoint point(
            Bench bench, Standing job, FeedPlan.Spacing spacing, double load, double capacity)
            throws IOException {
        return LoadPoint.of(job, spacing, load, capacity, LONGER * bench.seconds());
    }

    private static LoadPoint tell(Bench bench, String what, LoadPoint point) {
        bench.say(
                "%s%s at load %.2f: sent p50 %.1f p99 %.1f ms, seen p50 %.1f p99 %.1f ms",
                what,
                point.arrivals(),
                point.load(),
                point.sentMillis().p50(),
                point.sentMillis().p99(),
                point.seenMillis().p50(),
                point.seenMillis().p99());
        return point;
    }
}
