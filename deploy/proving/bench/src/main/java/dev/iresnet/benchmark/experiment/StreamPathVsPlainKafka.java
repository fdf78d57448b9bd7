package dev.iresnet.benchmark.experiment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.benchmark.baseline.PlainKafkaLoop;
import dev.iresnet.benchmark.job.Broker;
import dev.iresnet.benchmark.job.Results;
import dev.iresnet.benchmark.job.StandIn;
import dev.iresnet.benchmark.job.Standing;
import dev.iresnet.benchmark.stat.Figure;
import dev.iresnet.benchmark.stat.Interleaved;
import dev.iresnet.benchmark.stat.Sample;
import dev.iresnet.benchmark.stat.Steady;
import dev.iresnet.benchmark.worker.WorkerProcess;
import dev.iresnet.chaos.load.Throughput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The whole job without decoding and model, against a loop that one would write by hand. */
public final class StreamPathVsPlainKafka implements Experiment {
    private static final Figure FIGURE = Figure.STREAM_PATH_VS_PLAIN_KAFKA;
    private static final int CAMERAS = 64;
    private static final int CLASSES = 10;
    private static final int DISTINCT = 4096;
    private static final int COMMIT_MILLIS = 1000;
    private static final double NOT_WARM = 0.2;
    private static final int LARGEST_BURST = 600 << 20;
    private static final long WARMING = 100_000;
    private static final Duration LONGEST = Duration.ofMinutes(4);

    /**
     * Frames of a size.
     *
     * @param side of the square RGB picture
     */
    private record Size(String name, int side) {
        int bytes() {
            return side * side * 3;
        }
    }

    private static final List<Size> SIZES = List.of(new Size("1kB", 18), new Size("100kB", 182));

    @Override
    public List<Figure> figures() {
        return List.of(FIGURE);
    }

    @Override
    public void run(Bench bench, Findings findings) throws IOException {
        ObjectNode details = Findings.details();
        details.put("guarantee", "exactly once, a transaction a second on both sides");
        Sample worst = null;
        for (Size size : SIZES) {
            Sample sample = compare(bench, findings, size, details.putObject(size.name()));
            worst = worst == null ? sample : FIGURE.target().worse(worst, sample);
        }
        if (worst != null) {
            findings.measured(FIGURE, worst, details);
        }
    }

    private static Sample compare(Bench bench, Findings findings, Size size, ObjectNode details)
            throws IOException {
        Standing.Plan plan =
                new Standing.Plan(
                        bench.files().version(),
                        Bench.cores(),
                        StandIn.free(size.side(), CLASSES),
                        List.of("--checkpoint.interval=%d ms".formatted(COMMIT_MILLIS)));
        try (Standing job = Standing.open(bench.workers(), plan, bench.pictures())) {
            long frames = burst(bench, job, size);
            Side side = new Side(job, size, frames);
            PlainKafkaLoop.Tuning tuning = best(bench, side);
            try (WorkerProcess plain = side.loop(bench, tuning);
                    Results results = side.plainResults()) {
                Steady.rate(() -> side.plain(plain, results));
                Interleaved sides =
                        bench.compare(
                                "job against plain Kafka, " + size.name(),
                                side::job,
                                () -> side.plain(plain, results));
                findings.limit("plainKafka" + size.name(), sides.second(), "frames/s");
                describe(details, size, sides);
                details.set("plainKafka", Findings.toJson(tuning));
                details.put("framesARound", frames);
                return sides.ratio();
            }
        }
    }

    private static void describe(ObjectNode details, Size size, Interleaved sides) {
        details.set("ratio", Findings.toJson(sides.ratio()));
        details.set("jobFramesPerSecond", Findings.toJson(sides.first()));
        details.set("plainFramesPerSecond", Findings.toJson(sides.second()));
        double perCore = sides.first().median() / Bench.cores();
        details.put("jobFramesPerSecondAndCore", perCore);
        details.put("jobMegabytesPerSecondAndCore", perCore * size.bytes() / 1e6);
    }

    /** So many frames that a round takes about the time that it should, of a job that is warm. */
    private static long burst(Bench bench, Standing job, Size size) throws IOException {
        long most = LARGEST_BURST / size.bytes();
        Side warming = new Side(job, size, Math.min(most, WARMING));
        double rate =
                Steady.rate(
                        () -> {
                            double reached = warming.job();
                            bench.say("warm-up, %s: %.0f frames/s", size.name(), reached);
                            return reached;
                        });
        return Math.min(most, Math.max(1000, Math.round(rate * bench.conditions().seconds())));
    }

    private static PlainKafkaLoop.Tuning best(Bench bench, Side side) throws IOException {
        PlainKafkaLoop.Tuning best = null;
        double fastest = 0;
        for (PlainKafkaLoop.Tuning tuning : PlainKafkaLoop.Tuning.candidates(Bench.cores())) {
            try (WorkerProcess plain = side.loop(bench, tuning);
                    Results results = side.plainResults()) {
                side.plain(plain, results);
                double rate = side.plain(plain, results);
                bench.say("plain Kafka with %s: %.0f frames/s", tuning, rate);
                if (best == null || rate > fastest) {
                    best = tuning;
                    fastest = rate;
                }
            }
        }
        if (best == null) {
            throw new IllegalStateException("no setting of the plain loop was tried");
        }
        return best;
    }

    /** Both sides, over the same broker and by the same feed. */
    private record Side(Standing standing, Size size, long frames) {

        double job() throws IOException {
            return rate(
                    Results.sentMillis(
                            standing.label(size.side(), standing.burst(CAMERAS, frames))));
        }

        double plain(WorkerProcess loop, Results results) throws IOException {
            standing.feed(Broker.PLAIN_INPUT, size.side(), standing.burst(CAMERAS, frames));
            double rate = rate(Results.sentMillis(results.await(frames, LONGEST)));
            loop.ask(JsonNodeFactory.instance.objectNode());
            return rate;
        }

        private static double rate(long[] sentMillis) {
            return Throughput.perSecond(sentMillis, NOT_WARM);
        }

        Results plainResults() {
            return Results.open(standing.bootstrapServers(), Broker.PLAIN_OUTPUT);
        }

        /** Writes what the job writes. */
        WorkerProcess loop(Bench bench, PlainKafkaLoop.Tuning tuning) throws IOException {
            Path results = bench.workplace().root().resolve("results-" + size.name());
            if (Files.notExists(results)) {
                PlainKafkaLoop.write(
                        results,
                        standing.label(size.side(), standing.burst(CAMERAS, DISTINCT)).stream()
                                .map(ConsumerRecord::value)
                                .toList());
            }
            return bench.workers()
                    .start(
                            "plain-kafka",
                            PlainKafkaLoop.class,
                            "1g",
                            new PlainKafkaLoop.Task(
                                    new PlainKafkaLoop.Topics(
                                            standing.bootstrapServers(),
                                            Broker.PLAIN_INPUT,
                                            Broker.PLAIN_OUTPUT),
                                    results.toString(),
                                    COMMIT_MILLIS,
                                    "lz4",
                                    tuning));
        }
    }
}
