package dev.iresnet.benchmark.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.benchmark.baseline.Tjbench;
import dev.iresnet.benchmark.piece.DecodeWorker;
import dev.iresnet.benchmark.stat.Figure;
import dev.iresnet.benchmark.stat.Interleaved;
import dev.iresnet.benchmark.stat.Sample;
import dev.iresnet.benchmark.worker.WorkerProcess;
import dev.iresnet.image.JpegDecoding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Exact decoding against the C library, and by two threads against one. */
public final class DecodeVsLibjpegTurbo implements Experiment {
    private static final Figure FIGURE = Figure.DECODE_VS_LIBJPEG_TURBO;

    @Override
    public List<Figure> figures() {
        return List.of(FIGURE);
    }

    @Override
    public void run(Bench bench, Findings findings) throws IOException {
        List<Path> small = Pictures.in(bench.pictures());
        List<Path> large = Pictures.enlarged(small, bench.directory().directory("pictures-1080p"));
        ObjectNode details = Findings.details();
        Sample at720 = compare(bench, findings, "720p", small, details);
        Sample at1080 = compare(bench, findings, "1080p", large, details);
        Optional<Tjbench> tjbench = tjbench();
        if (tjbench.isEmpty()) {
            findings.notMeasured(
                    FIGURE, "tjbench is not on the path; it comes with libjpeg-turbo-progs");
            return;
        }
        details.put("tjbench", tjbench.get().settings());
        findings.measured(FIGURE, FIGURE.target().worse(at720, at1080), details);
    }

    static Optional<Tjbench> tjbench() {
        return Tjbench.find(Optional.ofNullable(System.getenv("PATH")).orElse(""));
    }

    /** With no tjbench, the ratio of what there is to itself, which is not told. */
    private static Sample compare(
            Bench bench, Findings findings, String size, List<Path> files, ObjectNode details)
            throws IOException {
        double seconds = bench.seconds();
        try (WorkerProcess decoder = start(bench, files)) {
            Interleaved.Measure one = () -> files.size() * rate(decoder, order(seconds, 1));
            Interleaved threads =
                    bench.compare(
                            "decoder threads 2 against 1, " + size,
                            () -> files.size() * rate(decoder, order(seconds, 2)),
                            one);
            findings.limit("decodeAlone" + size, threads.first(), "frames/s");
            ObjectNode node = details.putObject(size);
            node.set("twoThreadsVsOne", Findings.toJson(threads.ratio()));
            node.set("framesPerSecond", Findings.toJson(threads.second()));
            Optional<Tjbench> tjbench = tjbench();
            if (tjbench.isEmpty()) {
                return threads.ratio();
            }
            Interleaved sides =
                    bench.compare(
                            "decoding against tjbench, " + size,
                            one,
                            () -> files.size() * tjbench.get().passesPerSecond(files, seconds));
            node.set("tjbenchFramesPerSecond", Findings.toJson(sides.second()));
            node.set("ratio", Findings.toJson(sides.ratio()));
            return sides.ratio();
        }
    }

    static WorkerProcess start(Bench bench, List<Path> files) throws IOException {
        return bench.start(
                "decoder",
                DecodeWorker.class,
                "512m",
                new DecodeWorker.Task(files.stream().map(Path::toString).toList()));
    }

    private static DecodeWorker.Order order(double seconds, int threads) {
        return new DecodeWorker.Order(seconds, threads, false, JpegDecoding.EXACT);
    }

    private static double rate(WorkerProcess decoder, DecodeWorker.Order order) throws IOException {
        return decoder.rate(order);
    }
}
