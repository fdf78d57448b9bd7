package dev.iresnet.benchmark.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.benchmark.piece.DecodeWorker;
import dev.iresnet.benchmark.stat.Figure;
import dev.iresnet.benchmark.stat.Interleaved;
import dev.iresnet.benchmark.worker.WorkerProcess;
import dev.iresnet.image.JpegDecoding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Crops of large frames by the scaled mode against those by the exact one, in one thread. */
public final class ScaledDecodeVsExact1080p implements Experiment {
    private static final Figure FIGURE = Figure.SCALED_DECODE_VS_EXACT_1080P;

    @Override
    public List<Figure> figures() {
        return List.of(FIGURE);
    }

    @Override
    public void run(Bench bench, Findings findings) throws IOException {
        List<Path> frames =
                Pictures.enlarged(
                        Pictures.in(bench.pictures()),
                        bench.workplace().directory("pictures-1080p"));
        double seconds = bench.conditions().seconds();
        try (WorkerProcess decoder = DecodeVsLibjpegTurbo.start(bench, frames)) {
            Interleaved sides =
                    bench.compare(
                            FIGURE.title(),
                            () -> frames.size() * crops(decoder, seconds, JpegDecoding.SCALED),
                            () -> frames.size() * crops(decoder, seconds, JpegDecoding.EXACT));
            ObjectNode details = Findings.details();
            details.set("scaledCropsPerSecond", Findings.toJson(sides.first()));
            details.set("exactCropsPerSecond", Findings.toJson(sides.second()));
            findings.measured(FIGURE, sides.ratio(), details);
        }
    }

    private static double crops(WorkerProcess decoder, double seconds, JpegDecoding decoding)
            throws IOException {
        return decoder.ask(new DecodeWorker.Order(seconds, 1, true, decoding))
                .path("rate")
                .asDouble();
    }
}
