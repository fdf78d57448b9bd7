package dev.iresnet.benchmark.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.benchmark.baseline.Tjbench;
import dev.iresnet.benchmark.piece.DecodeWorker;
import dev.iresnet.benchmark.stat.Figure;
import dev.iresnet.benchmark.stat.Interleaved;
import dev.iresnet.benchmark.worker.WorkerProcess;
import dev.iresnet.image.JpegDecoding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Crops of large frames by the scaled mode against those by the exact one, in one thread. */
public final class ScaledDecodeVsExact1080p implements Experiment {
    private static final Figure FIGURE = Figure.SCALED_DECODE_VS_EXACT_1080P;

    /** That the scaled mode takes for a picture of this size and a network of 224x224. */
    private static final int DIVISOR = 4;

    @Override
    public List<Figure> figures() {
        return List.of(FIGURE);
    }

    @Override
    public void run(Bench bench, Findings findings) throws IOException {
        List<Path> frames =
                Pictures.enlarged(
                        Pictures.in(bench.pictures()),
                        bench.directory().directory("pictures-1080p"));
        double seconds = bench.seconds();
        try (WorkerProcess decoder = DecodeVsLibjpegTurbo.start(bench, frames)) {
            Interleaved sides =
                    bench.compare(
                            FIGURE.title(),
                            () -> frames.size() * crops(decoder, seconds, JpegDecoding.SCALED),
                            () -> frames.size() * crops(decoder, seconds, JpegDecoding.EXACT));
            ObjectNode details = Findings.details();
            details.set("scaledCropsPerSecond", Findings.toJson(sides.first()));
            details.set("exactCropsPerSecond", Findings.toJson(sides.second()));
            compareDecoders(bench, frames, details);
            findings.measured(FIGURE, sides.ratio(), details);
        }
    }

    /**
     * What the C library gains by the same reduction: the Huffman codes of the whole picture are
     * read either way. The rest of the gain is the smaller picture to resize.
     */
    private static void compareDecoders(Bench bench, List<Path> frames, ObjectNode details)
            throws IOException {
        Optional<Tjbench> found = DecodeVsLibjpegTurbo.tjbench();
        if (found.isEmpty()) {
            return;
        }
        Tjbench whole = found.get();
        Tjbench reduced = whole.reducing(DIVISOR);
        double seconds = bench.seconds();
        Interleaved sides =
                bench.compare(
                        "tjbench, reduced against whole",
                        () -> reduced.passesPerSecond(frames, seconds),
                        () -> whole.passesPerSecond(frames, seconds));
        details.put("tjbench", reduced.settings());
        details.set("tjbenchReducedVsWhole", Findings.toJson(sides.ratio()));
    }

    private static double crops(WorkerProcess decoder, double seconds, JpegDecoding decoding)
            throws IOException {
        return decoder.rate(new DecodeWorker.Order(seconds, 1, true, decoding));
    }
}
