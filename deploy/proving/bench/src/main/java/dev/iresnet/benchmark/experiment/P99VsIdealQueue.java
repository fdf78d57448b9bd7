package dev.iresnet.benchmark.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.benchmark.baseline.IdealQueue;
import dev.iresnet.benchmark.job.StandIn;
import dev.iresnet.benchmark.job.Standing;
import dev.iresnet.benchmark.job.WhereTimeGoes;
import dev.iresnet.benchmark.piece.FrameWorker;
import dev.iresnet.benchmark.piece.Span;
import dev.iresnet.benchmark.stat.Figure;
import dev.iresnet.benchmark.stat.Interleaved;
import dev.iresnet.benchmark.stat.Sample;
import dev.iresnet.benchmark.worker.WorkerProcess;
import dev.iresnet.model.Precision;
import dev.iresnet.proving.feed.FeedPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Latency at half of the throughput that frames have one by one, against an ideal queue that the
 * very same frames come to, with service times that were measured in between.
 */
public final class P99VsIdealQueue implements Experiment {
    private static final Figure FIGURE = Figure.P99_VS_IDEAL_QUEUE;
    private static final double LOAD = 0.5;
    private static final int CAMERAS = 16;

    /** A 99th percentile wants some hundred frames. */
    private static final int LONGER = 5;

    private static final int SIMULATIONS = 50;
    private static final double P99 = 0.99;

    /** Of the frames, for a look at what makes the tail. */
    private static final double SLOWEST = 0.02;

    private static final double NANOS_PER_MICRO = 1000;

    @Override
    public List<Figure> figures() {
        return List.of(FIGURE);
    }

    @Override
    public void run(Bench bench, Findings findings) throws IOException {
        Path version = Path.of(bench.model().path());
        ObjectNode details = Findings.details();
        details.put("network", Bench.NETWORK).put("load", LOAD).put("cameras", CAMERAS);
        try (Standing job =
                        bench.open(
                                version,
                                1,
                                StandIn.NONE,
                                List.of("--delivery.guarantee=at-least-once"));
                WorkerProcess frames = frames(bench, version)) {
            job.label(0, job.burst(CAMERAS, 2 * Bench.BATCH));
            double rate =
                    LOAD * frames.ask(new Span(bench.seconds()), FrameWorker.Answer.class).rate();
            details.put("framesPerSecond", rate);
            Sample worst = null;
            for (FeedPlan.Spacing spacing : FeedPlan.Spacing.values()) {
                Course course = new Course(bench, job, frames, rate, spacing);
                Sample sample = course.compare(details.putObject(spacing.name()));
                worst = worst == null ? sample : FIGURE.target().worse(worst, sample);
            }
            if (worst != null) {
                findings.measured(FIGURE, worst, details);
            }
        }
    }

    static WorkerProcess frames(Bench bench, Path version) throws IOException {
        return bench.start(
                "frames-alone",
                FrameWorker.class,
                "512m",
                new FrameWorker.Task(
                        version.toString(),
                        Precision.FLOAT32,
                        Pictures.in(bench.pictures()).stream().map(Path::toString).toList()));
    }

    /** The rounds with one kind of arrivals. */
    private static final class Course {
        private final Bench bench;
        private final Standing job;
        private final WorkerProcess alone;
        private final double rate;
        private final FeedPlan.Spacing spacing;
        private final List<Standing.Timed> all = new ArrayList<>();
        private List<Standing.Timed> last = List.of();
        private double[] services;

        Course(
                Bench bench,
                Standing job,
                WorkerProcess alone,
                double rate,
                FeedPlan.Spacing spacing)
                throws IOException {
            this.bench = bench;
            this.job = job;
            this.alone = alone;
            this.rate = rate;
            this.spacing = spacing;
            this.services = services();
        }

        /**
         * The ideal queue gets the arrivals of the round's frames, and service times from just
         * before and just after.
         */
        Sample compare(ObjectNode details) throws IOException {
            List<Double> measured = new ArrayList<>();
            List<Double> ideal = new ArrayList<>();
            List<Double> idealInTheJob = new ArrayList<>();
            for (int round = 0; round < bench.rounds(); round++) {
                double[] before = services;
                last = frames();
                all.addAll(last);
                services = services();
                measured.add(Standing.Timed.untilSent(last).millis(P99));
                ideal.add(ideal(both(before, services), round));
                double[] inTheJob = WhereTimeGoes.servicesOfSingles(last);
                if (inTheJob.length > 0) {
                    idealInTheJob.add(ideal(inTheJob, round));
                }
            }
            Interleaved sides = new Interleaved(new Sample(measured), new Sample(ideal));
            bench.say(
                    "%s: p99 %.1f ms, of an ideal queue %.1f ms, ratio %.3f ± %.3f",
                    spacing,
                    sides.first().median(),
                    sides.second().median(),
                    sides.ratio().median(),
                    sides.ratio().spread());
            details.set("ratio", Findings.toJson(sides.ratio()));
            details.set("p99Millis", Findings.toJson(sides.first()));
            details.set("idealP99Millis", Findings.toJson(sides.second()));
            if (!idealInTheJob.isEmpty()) {
                details.set(
                        "idealP99MillisWithServiceTimesInTheJob",
                        Findings.toJson(new Sample(idealInTheJob)));
            }
            details.set(
                    "sentMillis",
                    Findings.toJson(LoadPoint.Quantiles.of(Standing.Timed.untilSent(all))));
            details.set(
                    "seenMillis",
                    Findings.toJson(LoadPoint.Quantiles.of(Standing.Timed.untilSeen(all))));
            details.set("meanMillisOfAll", Findings.toJson(WhereTimeGoes.of(all)));
            details.set(
                    "meanMillisOfTheSlowest",
                    Findings.toJson(WhereTimeGoes.ofSlowest(all, SLOWEST)));
            return sides.ratio();
        }

        private List<Standing.Timed> frames() throws IOException {
            long count = Math.round(rate * LONGER * bench.seconds());
            long seed = job.burst(CAMERAS, count).seed();
            return job.watch(0, new FeedPlan(CAMERAS, rate, count, seed, spacing));
        }

        private double[] services() throws IOException {
            return alone
                    .ask(new Span(bench.seconds() / 2), FrameWorker.Answer.class)
                    .nanos()
                    .stream()
                    .mapToDouble(nanos -> nanos / NANOS_PER_MICRO)
                    .toArray();
        }

        private static double[] both(double[] one, double[] other) {
            double[] both = Arrays.copyOf(one, one.length + other.length);
            System.arraycopy(other, 0, both, one.length, other.length);
            return both;
        }

        /**
         * Milliseconds: the median over simulations, each of which draws its service times anew.
         */
        private double ideal(double[] serviceTimes, long seed) {
            double[] arrivals = last.stream().mapToDouble(Standing.Timed::capturedMicros).toArray();
            IdealQueue queue = new IdealQueue(serviceTimes);
            SplittableRandom random = new SplittableRandom(seed);
            List<Double> p99s = new ArrayList<>();
            for (int i = 0; i < SIMULATIONS; i++) {
                double[] sojourns = queue.sojourns(arrivals, random);
                Arrays.sort(sojourns);
                p99s.add(sojourns[(int) Math.ceil(P99 * sojourns.length) - 1] / 1000);
            }
            return new Sample(p99s).median();
        }
    }
}
