package dev.iresnet.benchmark.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.benchmark.job.FullLoad;
import dev.iresnet.benchmark.job.StandIn;
import dev.iresnet.benchmark.job.Standing;
import dev.iresnet.benchmark.piece.DecodeWorker;
import dev.iresnet.benchmark.piece.ModelMaker;
import dev.iresnet.benchmark.piece.Span;
import dev.iresnet.benchmark.stat.Figure;
import dev.iresnet.benchmark.stat.Interleaved;
import dev.iresnet.benchmark.stat.Sample;
import dev.iresnet.benchmark.worker.WorkerProcess;
import dev.iresnet.image.JpegDecoding;
import dev.iresnet.model.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole job with 720p camera frames and its real network, against its stages alone: a frame
 * takes all cores for as long as its decoding and its share of a batch take them.
 */
public final class JobVsStageLimit implements Experiment {
    private static final Figure FIGURE = Figure.JOB_VS_STAGE_LIMIT;
    private static final int CAMERAS = 16;
    private static final int LEAST_BATCHES = 4;

    @Override
    public List<Figure> figures() {
        return List.of(FIGURE);
    }

    @Override
    public void run(Bench bench, Findings findings) throws IOException {
        ModelMaker.Made made = bench.model();
        List<Path> pictures = Pictures.in(bench.pictures());
        try (Standing job = bench.open(Path.of(made.path()), 1, StandIn.NONE, List.of());
                WorkerProcess model = bench.startModel(made, Precision.FLOAT32);
                WorkerProcess decoder = DecodeVsLibjpegTurbo.start(bench, pictures)) {
            long least = LEAST_BATCHES * Bench.BATCH;
            double rate = FullLoad.framesPerSecond(job, CAMERAS, least);
            long frames = Math.max(least, Math.round(2 * rate * bench.seconds()));
            Stages stages = new Stages(decoder, model, pictures.size(), bench.seconds());
            Interleaved sides =
                    bench.compare(
                            FIGURE.title(),
                            () -> FullLoad.framesPerSecond(job, CAMERAS, frames),
                            stages::limit);
            ObjectNode details = Findings.details();
            details.put("network", Bench.NETWORK).put("framesARound", frames);
            details.set("jobFramesPerSecond", Findings.toJson(sides.first()));
            details.set("limitFramesPerSecond", Findings.toJson(sides.second()));
            stages.describe(details);
            findings.measured(FIGURE, sides.ratio(), details);
        }
    }

    /** Decoding alone, then the model alone, each by all cores. */
    private static final class Stages {
        private final WorkerProcess decoder;
        private final WorkerProcess model;
        private final int pictures;
        private final double seconds;
        private final List<Double> decoded = new ArrayList<>();
        private final List<Double> labelled = new ArrayList<>();

        Stages(WorkerProcess decoder, WorkerProcess model, int pictures, double seconds) {
            this.decoder = decoder;
            this.model = model;
            this.pictures = pictures;
            this.seconds = seconds;
        }

        /** Frames a second. */
        double limit() throws IOException {
            DecodeWorker.Order order =
                    new DecodeWorker.Order(seconds / 2, Bench.cores(), true, JpegDecoding.EXACT);
            double decoding = pictures * decoder.rate(order);
            double labelling = model.rate(new Span(seconds));
            decoded.add(decoding);
            labelled.add(labelling);
            return 1 / (1 / decoding + 1 / labelling);
        }

        void describe(ObjectNode details) {
            details.set("decodeAloneFramesPerSecond", Findings.toJson(new Sample(decoded)));
            details.set("modelAloneFramesPerSecond", Findings.toJson(new Sample(labelled)));
        }
    }
}
