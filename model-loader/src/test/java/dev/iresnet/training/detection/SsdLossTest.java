package dev.iresnet.training.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.iresnet.Guise;
import dev.iresnet.tensorflow.TensorFlowProcess;
import dev.iresnet.tensorflow.TensorMemory;
import dev.iresnet.training.descent.LearningWeights;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

@Guise
class SsdLossTest {
    private static final int PICTURES = 3;
    private static final int BOXES = 23;
    private static final int CLASSES = 4;

    /** Of the boxes of three pictures: two learn an object, five do, none does. */
    private final int[] classes = new int[PICTURES * BOXES];

    private final float[] wanted = random(1, PICTURES * 4 * BOXES, 2);
    private final float[] offsets = random(2, PICTURES * 4 * BOXES, 2);
    private final float[] logits = random(3, PICTURES * CLASSES * BOXES, 3);

    SsdLossTest() {
        classes[4] = 1;
        classes[17] = 3;
        for (int box = 0; box < 5; box++) {
            classes[BOXES + 3 * box + 1] = 1 + box % 3;
        }
    }

    @Test
    void isWhatThePaperSays() {
        try (Subject subject = new Subject()) {
            assertThat(subject.run(offsets, logits).get(0)[0])
                    .isCloseTo((float) expected(offsets, logits), within(1e-5f));
        }
    }

    @Test
    void takesAllOfTheBackgroundWhereThereIsTooLittleOfIt() {
        for (int box = 0; box < 10; box++) {
            classes[2 * BOXES + 2 * box] = 2;
        }
        try (Subject subject = new Subject()) {
            assertThat(subject.run(offsets, logits).get(0)[0])
                    .isCloseTo((float) expected(offsets, logits), within(1e-5f));
        }
    }

    @Test
    void tellsWhatShareOfTheObjectsIsLabelledRight() {
        int right = 0;
        for (int i = 0; i < classes.length; i++) {
            int picture = i / BOXES;
            int box = i % BOXES;
            int said =
                    IntStream.range(0, CLASSES)
                            .boxed()
                            .max(Comparator.comparingDouble(c -> logit(logits, picture, c, box)))
                            .orElseThrow();
            right += classes[i] > 0 && classes[i] == said ? 1 : 0;
        }
        try (Subject subject = new Subject()) {
            assertThat(subject.run(offsets, logits).get(3)[0]).isCloseTo(right / 7f, within(1e-6f));
        }
        assertThat(right).isPositive();
    }

    @Test
    void hasTheGradientsThatDifferencesShow() {
        try (Subject subject = new Subject()) {
            List<float[]> told = subject.run(offsets, logits);
            assertGradient(told.get(1), offsets, moved -> expected(moved, logits));
            assertGradient(told.get(2), logits, moved -> expected(offsets, moved));
        }
    }

    private interface Loss {
        double of(float[] values);
    }

    private static void assertGradient(float[] gradient, float[] values, Loss loss) {
        double step = 1e-3;
        for (int i = 0; i < values.length; i++) {
            float[] ahead = values.clone();
            float[] behind = values.clone();
            ahead[i] += (float) step;
            behind[i] -= (float) step;
            double slope = (loss.of(ahead) - loss.of(behind)) / ((double) ahead[i] - behind[i]);
            assertThat((double) gradient[i]).as("value %d", i).isCloseTo(slope, within(1e-3));
        }
    }

    private double expected(float[] offsets, float[] logits) {
        double sum = 0;
        for (int picture = 0; picture < PICTURES; picture++) {
            int learning = 0;
            double loss = 0;
            List<Double> background = new ArrayList<>();
            for (int box = 0; box < BOXES; box++) {
                int label = classes[picture * BOXES + box];
                double entropy = entropy(logits, picture, box, label);
                if (label == 0) {
                    background.add(entropy);
                } else {
                    learning++;
                    loss += entropy + smooth(offsets, picture, box);
                }
            }
            background.sort(Comparator.reverseOrder());
            for (double hard : background.subList(0, Math.min(3 * learning, background.size()))) {
                loss += hard;
            }
            sum += learning == 0 ? 0 : loss / learning;
        }
        return sum / PICTURES;
    }

    private static double entropy(float[] logits, int picture, int box, int label) {
        double sum = 0;
        for (int c = 0; c < CLASSES; c++) {
            sum += Math.exp(logit(logits, picture, c, box));
        }
        return Math.log(sum) - logit(logits, picture, label, box);
    }

    private static double logit(float[] logits, int picture, int label, int box) {
        return logits[(picture * CLASSES + label) * BOXES + box];
    }

    private double smooth(float[] offsets, int picture, int box) {
        double sum = 0;
        for (int value = 0; value < 4; value++) {
            int at = (picture * 4 + value) * BOXES + box;
            double difference = Math.abs((double) offsets[at] - wanted[at]);
            sum += difference < 1 ? difference * difference / 2 : difference - 0.5;
        }
        return sum;
    }

    private static float[] random(long seed, int count, double spread) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (spread * random.nextGaussian());
        }
        return values;
    }

    /** The graph of the loss and of its gradients. */
    private final class Subject implements AutoCloseable {
        private final Graph graph = new Graph();
        private final Ops tf = Ops.create(graph);
        private final SsdLoss ssd = new SsdLoss(tf, BOXES);
        private final Placeholder<TFloat32> predicted =
                tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 4, BOXES)));
        private final Placeholder<TFloat32> scores =
                tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, CLASSES, BOXES)));
        private final Operand<TFloat32> loss = ssd.of(predicted, scores);
        private final Operand<TFloat32> accuracy = ssd.accuracy(scores);
        private final Gradients gradients = tf.gradients(loss, List.of(predicted, scores));

        /** Loss, gradients of offsets and logits, accuracy. */
        List<float[]> run(float[] offsetValues, float[] logitValues) {
            try (Session session = new Session(graph, TensorFlowProcess.literalConfig());
                    TFloat32 o = tensor(offsetValues, 4);
                    TFloat32 l = tensor(logitValues, CLASSES);
                    TFloat32 w = tensor(wanted, 4);
                    TInt32 c = TInt32.tensorOf(Shape.of(PICTURES, BOXES))) {
                TensorMemory.of(c).asIntBuffer().put(classes);
                try (Result result =
                        session.runner()
                                .feed(predicted, o)
                                .feed(scores, l)
                                .feed(ssd.offsets(), w)
                                .feed(ssd.classes(), c)
                                .fetch(loss)
                                .fetch(gradients.dy(0))
                                .fetch(gradients.dy(1))
                                .fetch(accuracy)
                                .run()) {
                    return IntStream.range(0, 4)
                            .mapToObj(i -> LearningWeights.floats(result.get(i)))
                            .toList();
                }
            }
        }

        private static TFloat32 tensor(float[] values, int channels) {
            TFloat32 tensor = TFloat32.tensorOf(Shape.of(PICTURES, channels, BOXES));
            TensorMemory.of(tensor).asFloatBuffer().put(values);
            return tensor;
        }

        @Override
        public void close() {
            graph.close();
        }
    }
}
