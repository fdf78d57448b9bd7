package dev.iresnet.job;

import dev.iresnet.config.EngineConfig;
import dev.iresnet.engine.EngineOptions;
import dev.iresnet.engine.ModelSupply;
import dev.iresnet.engine.batch.BatchPolicy;
import dev.iresnet.event.ImageEventFrameReader;
import dev.iresnet.image.CropGeometry;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.EncodedImage;
import dev.iresnet.image.ImageException;
import dev.iresnet.image.PicturePreprocessor;
import dev.iresnet.image.Preprocessor;
import dev.iresnet.inference.InferencePipeline;
import dev.iresnet.inference.Labeling;
import dev.iresnet.inference.PipelineOptions;
import dev.iresnet.inference.Stages;
import dev.iresnet.model.ClassScores;
import dev.iresnet.model.DeviceMemoryException;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import dev.iresnet.operator.AssignedGpus;
import dev.iresnet.operator.EngineFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * An engine to which everything happens that has a metric: a batch does not fit, scores are not
 * finite, a picture finds a bug, frames are too old, pictures are fetched, a version is refused,
 * another one serves, and the device fails. It holds its first batch until it is told to go on.
 */
record EventfulEngineFactory(EngineConfig config, EventSchemas schemas) implements EngineFactory {
    static final AtomicBoolean HOLDS = new AtomicBoolean();

    /** Batches that are still to fail. Two, because a version that was swapped in takes one. */
    static final AtomicInteger FAILURES = new AtomicInteger();

    private static final long PAUSE_NANOS = 1_000_000;

    static final int NOT_FINITE = 9;
    static final int BUG = 8;

    @Override
    public InferencePipeline start(AssignedGpus gpus) {
        PixelModel pixels = new PixelModel();
        Preprocessor cropper =
                new PicturePreprocessor(pixels.description().preprocessing(), DecodeLimits.DEFAULT);
        return InferencePipeline.start(
                new Stages(
                        new ImageEventFrameReader(
                                schemas.decoder(), PictureReferences.rule(config)),
                        PictureReferences.fetching(config.references()),
                        new FaultyCropper(cropper),
                        new EventfulModel(pixels, 1, new AtomicBoolean(true))),
                new PipelineOptions(
                        new EngineOptions(
                                1,
                                1,
                                new BatchPolicy(8, Duration.ZERO),
                                Duration.ZERO,
                                Duration.ofHours(1)),
                        new Labeling(1, 0, true)),
                new EventfulSupply(pixels, new AtomicInteger()));
    }

    @Override
    public String device() {
        return "pixels";
    }

    /** Has a bug that one colour finds. */
    private record FaultyCropper(Preprocessor cropper) implements Preprocessor {
        @Override
        public CropGeometry crop(EncodedImage image, ByteBuffer into) throws ImageException {
            CropGeometry geometry = cropper.crop(image, into);
            if (into.get(into.position()) == BUG) {
                throw new IllegalStateException("a bug");
            }
            return geometry;
        }

        @Override
        public void close() {
            cropper.close();
        }
    }

    /** Has once no room for more than a frame. */
    private record EventfulModel(PixelModel pixels, long version, AtomicBoolean isShort)
            implements Model {
        @Override
        public ModelDescription description() {
            ModelDescription pixel = pixels.description();
            return new ModelDescription(
                    pixel.name(), version, pixel.digest(), pixel.labels(), pixel.preprocessing());
        }

        @Override
        public List<Prediction> predict(List<Sample> crops) {
            while (HOLDS.get()) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            if (FAILURES.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new ModelException("made up");
            }
            if (crops.size() > 1 && isShort.compareAndSet(true, false)) {
                throw new DeviceMemoryException("full", new IllegalStateException("made up"));
            }
            int classes = PixelModel.CLASSES;
            float[] scores = new float[crops.size() * classes];
            for (int row = 0; row < crops.size(); row++) {
                int pixel = crops.get(row).pixels().get(0);
                scores[row * classes + pixel] = pixel == NOT_FINITE ? Float.NaN : 1;
            }
            return ClassScores.rows(scores, classes);
        }

        @Override
        public void close() {}
    }

    /** First a version that cannot be used, then one that can. */
    private record EventfulSupply(PixelModel pixels, AtomicInteger asked) implements ModelSupply {
        @Override
        public Duration pause() {
            return Duration.ofMillis(100);
        }

        @Override
        public Optional<Model> next(ModelDescription current) {
            return switch (asked.incrementAndGet()) {
                case 1 -> throw new ModelException("made up");
                case 2 -> Optional.of(new EventfulModel(pixels, 2, new AtomicBoolean(true)));
                default -> Optional.empty();
            };
        }
    }
}
