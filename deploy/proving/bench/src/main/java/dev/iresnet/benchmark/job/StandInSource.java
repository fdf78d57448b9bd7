package dev.iresnet.benchmark.job;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.job.ModelSource;
import dev.iresnet.model.ClassScores;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Gives a job a stand-in for its model. */
record StandInSource(int side, int classes, int batchMillis) implements ModelSource {
    private static final int CROP = 8;
    private static final String DIGEST = "0".repeat(64);

    StandInSource(StandIn stand) {
        this(stand.side(), stand.classes(), stand.batchMillis());
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
        public List<Prediction> predict(List<Sample> crops) {
            long end = System.nanoTime() + batchNanos;
            for (long left = batchNanos; left > 0; left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            int classes = description.labels().size();
            return ClassScores.rows(FloatBuffer.wrap(new float[crops.size() * classes]), classes);
        }

        @Override
        public void close() {}
    }
}
