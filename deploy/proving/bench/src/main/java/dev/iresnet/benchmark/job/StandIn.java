package dev.iresnet.benchmark.job;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.job.ModelSource;
import dev.iresnet.model.ClassScores;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * A model that computes nothing, and wants next to nothing: the middle pixels of a picture, at the
 * picture's own size or shrunk to that of a network.
 *
 * @param side to which a picture's shorter side is brought; equal to it, no pixel is computed; 0
 *     for the real model instead
 * @param classes that it tells apart, 1 or more
 * @param batchMillis that a batch takes, whatever its size, as on a GPU
 */
public record StandIn(int side, int classes, int batchMillis) implements ModelSource {

    private static final int CROP = 8;
    private static final String DIGEST = "0".repeat(64);

    /** None: the real model. */
    public static final StandIn NONE = new StandIn(0, 1, 0);

    public StandIn {
        if (side < 0 || classes < 1 || batchMillis < 0) {
            throw new IllegalArgumentException(
                    "side and time must be 0 or more and classes 1 or more, got %d, %d and %d"
                            .formatted(side, batchMillis, classes));
        }
    }

    /** One that costs nothing: what is left is the stream path. */
    public static StandIn free(int side, int classes) {
        return new StandIn(side, classes, 0);
    }

    @Override
    public Model load(Path path, LoadOptions options) {
        Preprocessing rule =
                new Preprocessing(
                        CROP,
                        CROP,
                        Preprocessing.Resize.SHORTER_SIDE_THEN_CROP,
                        side,
                        Preprocessing.IMAGENET.mean(),
                        Preprocessing.IMAGENET.std());
        List<String> labels =
                IntStream.range(0, classes).mapToObj(index -> "class " + index).toList();
        return new Idle(
                new ModelDescription("stand-in", 1, DIGEST, labels, rule),
                batchMillis * 1_000_000L);
    }

    private record Idle(ModelDescription description, long batchNanos) implements Model {

        @Override
        public List<Prediction> predict(List<Sample> samples) {
            long end = System.nanoTime() + batchNanos;
            for (long left = batchNanos; left > 0; left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            int classes = description.labels().size();
            return ClassScores.rows(new float[samples.size() * classes], classes);
        }

        @Override
        public void close() {}
    }
}
