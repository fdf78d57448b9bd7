package dev.iresnet.benchmark.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.benchmark.baseline.PlainKafkaLoop;
import dev.iresnet.benchmark.job.Results;
import dev.iresnet.benchmark.job.StandIn;
import dev.iresnet.benchmark.job.Standing;
import dev.iresnet.benchmark.stat.Figure;
import dev.iresnet.benchmark.stat.Interleaved;
import dev.iresnet.benchmark.stat.Sample;
import dev.iresnet.benchmark.stat.Steady;
import dev.iresnet.benchmark.worker.WorkerProcess;
import java.io.IOException;
import java.util.List;

/** The whole job without decoding and model, against a loop that one would write by hand. */
public final class StreamPathVsPlainKafka implements Experiment {
    private static final Figure FIGURE = Figure.STREAM_PATH_VS_PLAIN_KAFKA;
    private static final int CLASSES = 10;
    private static final int LARGEST_BURST = 600 << 20;
    private static final long MOST_BURSTS = 3;
    private static final long WARMING = 500_000;

    private static final List<Passage.Size> SIZES =
            List.of(new Passage.Size("1kB", 18), new Passage.Size("100kB", 182));

    @Override
    public List<Figure> figures() {
        return List.of(FIGURE);
    }

    @Override
    public void run(Bench bench, Findings findings) throws IOException {
        ObjectNode details = Findings.details();
        details.put("guarantee", "exactly once, a transaction a second on both sides");
        Sample worst = null;
        for (Passage.Size size : SIZES) {
            Sample sample = compare(bench, findings, size, details.putObject(size.name()));
            worst = worst == null ? sample : FIGURE.target().worse(worst, sample);
        }
        if (worst != null) {
            findings.measured(FIGURE, worst, details);
        }
    }

    private static Sample compare(
            Bench bench, Findings findings, Passage.Size size, ObjectNode details)
            throws IOException {
        try (Standing job =
                bench.open(
                        bench.files().version(),
                        Bench.cores(),
                        StandIn.free(size.side(), CLASSES),
                        List.of("--checkpoint.interval=%d ms".formatted(Passage.COMMIT_MILLIS)))) {
            Passage passage = passage(bench, job, size);
            PlainKafkaLoop.Tuning tuning = best(bench, passage);
            try (WorkerProcess plain = passage.loop(bench, tuning);
                    Results results = passage.plainResults()) {
                Steady.rate(() -> passage.plain(plain, results));
                Interleaved sides =
                        bench.compare(
                                "job against plain Kafka, " + size.name(),
                                passage::job,
                                () -> passage.plain(plain, results));
                findings.limit("plainKafka" + size.name(), sides.second(), "frames/s");
                describe(details, size, sides);
                details.set("plainKafka", Findings.toJson(tuning));
                details.put("framesARound", passage.bursts() * passage.frames());
                return sides.ratio();
            }
        }
    }

    private static void describe(ObjectNode details, Passage.Size size, Interleaved sides) {
        details.set("ratio", Findings.toJson(sides.ratio()));
        details.set("jobFramesPerSecond", Findings.toJson(sides.first()));
        details.set("plainFramesPerSecond", Findings.toJson(sides.second()));
        double perCore = sides.first().median() / Bench.cores();
        details.put("jobFramesPerSecondAndCore", perCore);
        details.put("jobMegabytesPerSecondAndCore", perCore * size.bytes() / 1e6);
    }

    /** So many bursts that a round takes about the time that it should, of a job that is warm. */
    private static Passage passage(Bench bench, Standing job, Passage.Size size)
            throws IOException {
        long most = LARGEST_BURST / size.bytes();
        Passage warming = new Passage(job, size, 1, Math.min(most, WARMING));
        double rate =
                Steady.rate(
                        () -> {
                            double reached = warming.job();
                            bench.say("warm-up, %s: %.0f frames/s", size.name(), reached);
                            return reached;
                        });
        long frames = Math.max(1000, Math.round(rate * bench.seconds()));
        long bursts = Math.min(MOST_BURSTS, (frames + most - 1) / most);
        return new Passage(job, size, bursts, Math.min(most, frames / bursts));
    }

    private static PlainKafkaLoop.Tuning best(Bench bench, Passage passage) throws IOException {
        PlainKafkaLoop.Tuning best = null;
        double fastest = 0;
        for (PlainKafkaLoop.Tuning tuning : PlainKafkaLoop.Tuning.candidates(Bench.cores())) {
            try (WorkerProcess plain = passage.loop(bench, tuning);
                    Results results = passage.plainResults()) {
                passage.plain(plain, results);
                double rate = passage.plain(plain, results);
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
}
