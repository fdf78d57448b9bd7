package dev.iresnet.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.Guise;
import dev.iresnet.tensorflow.TensorFlowProcess;
import dev.iresnet.tensorflow.TensorMemory;
import dev.iresnet.training.descent.TrainingLayers;
import dev.iresnet.zoo.Convolution;
import dev.iresnet.zoo.Window;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * The gradient of each kind of convolution, value by value. A convolution is linear in its filter
 * and in its picture. So a weighted sum of its output, with a unit vector in the place of one of
 * the two, is what the gradient of that sum must be at this place, to rounding.
 */
@Guise
class ConvolutionGradientTest {
    private static final Offset<Float> ROUNDING = Offset.offset(2e-4f);

    @ParameterizedTest
    @CsvSource({
        "3, 1, 1, 4, 5, 6",
        "3, 2, 1, 4, 5, 6",
        "3, 2, 1, 6, 4, 7",
        "1, 1, 1, 4, 8, 5",
        "1, 2, 1, 4, 8, 6",
        "1, 2, 1, 6, 4, 5",
        "1, 2, 1, 16, 3, 4",
        "3, 1, 2, 4, 6, 5",
        "3, 2, 4, 8, 8, 6",
        "1, 2, 2, 8, 4, 5",
        "7, 2, 1, 3, 4, 9",
        "7, 2, 1, 3, 2, 12"
    })
    void isWhatTheConvolutionIs(
            int kernel, int stride, int groups, int channels, int filters, int side) {
        int out = (side + stride - 1) / stride;
        check(
                new Convolution(Window.square(kernel), filters, Window.square(stride), groups),
                random(1, 2, side, side, channels),
                random(2, kernel, kernel, channels / groups, filters),
                random(3, 2, out, out, filters));
    }

    /** The same over frames, of which there are as many as in a kernel, and one more. */
    @ParameterizedTest
    @CsvSource({
        "3, 3, 1, 1, 4, 3, 4",
        "3, 3, 2, 2, 4, 3, 5",
        "3, 3, 1, 2, 3, 4, 4",
        "1, 1, 2, 2, 4, 5, 5",
        "1, 3, 1, 1, 4, 4, 4",
        "3, 1, 1, 1, 4, 4, 3",
        "3, 7, 1, 2, 3, 2, 8"
    })
    void isWhatTheConvolutionOverFramesIs(
            int depth,
            int kernel,
            int temporalStride,
            int stride,
            int channels,
            int filters,
            int side) {
        int frames = depth + 1;
        int left = (frames + temporalStride - 1) / temporalStride;
        int out = (side + stride - 1) / stride;
        check(
                new Convolution(
                        new Window(depth, kernel, kernel),
                        filters,
                        new Window(temporalStride, stride, stride),
                        1),
                random(1, 2, frames, side, side, channels),
                random(2, depth, kernel, kernel, channels, filters),
                random(3, 2, left, out, out, filters));
    }

    private static void check(
            Convolution conv, TFloat32 picture, TFloat32 weights, TFloat32 share) {
        try (Graph graph = new Graph();
                Session session = new Session(graph, TensorFlowProcess.literalConfig());
                picture;
                weights;
                share) {
            Ops tf = Ops.create(graph);
            Placeholder<TFloat32> x =
                    tf.placeholder(TFloat32.class, Placeholder.shape(picture.shape()));
            Placeholder<TFloat32> shares = tf.placeholder(TFloat32.class);
            TrainingLayers layers = new TrainingLayers(tf, Map.of());
            Operand<TFloat32> y = layers.conv("conv", x, conv);
            Variable<TFloat32> filter =
                    Objects.requireNonNull(layers.variables().get("conv.weight"));
            Operand<TFloat32> sum =
                    tf.reduceSum(
                            tf.reshape(tf.math.mul(y, shares), tf.constant(new int[] {-1})),
                            tf.constant(0));
            Gradients gradients = tf.gradients(sum, List.of(filter, x));

            float[] ofFilter;
            float[] ofPicture;
            try (Result all =
                    session.runner()
                            .feed(x.asOutput(), picture)
                            .feed(filter.asOutput(), weights)
                            .feed(shares.asOutput(), share)
                            .fetch(gradients.dy(0))
                            .fetch(gradients.dy(1))
                            .run()) {
                ofFilter = values((TFloat32) all.get(0));
                ofPicture = values((TFloat32) all.get(1));
            }
            assertThat(ofFilter).hasSize((int) weights.size());
            assertThat(ofPicture).hasSize((int) picture.size());
            try (TFloat32 unit = zeros(weights.shape())) {
                for (int i = 0; i < ofFilter.length; i++) {
                    float wanted =
                            at(
                                    unit,
                                    i,
                                    session.runner()
                                            .feed(x.asOutput(), picture)
                                            .feed(filter.asOutput(), unit)
                                            .feed(shares.asOutput(), share)
                                            .fetch(sum));
                    assertThat(ofFilter[i]).as("filter, value %d", i).isCloseTo(wanted, ROUNDING);
                }
            }
            try (TFloat32 unit = zeros(picture.shape())) {
                for (int i = 0; i < ofPicture.length; i++) {
                    float wanted =
                            at(
                                    unit,
                                    i,
                                    session.runner()
                                            .feed(x.asOutput(), unit)
                                            .feed(filter.asOutput(), weights)
                                            .feed(shares.asOutput(), share)
                                            .fetch(sum));
                    assertThat(ofPicture[i]).as("picture, value %d", i).isCloseTo(wanted, ROUNDING);
                }
            }
        }
    }

    /** Runs with a 1 at one place of a tensor of zeros. */
    private static float at(TFloat32 unit, int place, Session.Runner runner) {
        FloatBuffer values = TensorMemory.of(unit).asFloatBuffer();
        values.put(place, 1);
        try (Result result = runner.run()) {
            return ((TFloat32) result.get(0)).getFloat();
        } finally {
            values.put(place, 0);
        }
    }

    private static TFloat32 random(long seed, long... shape) {
        Random random = new Random(seed);
        TFloat32 tensor = TFloat32.tensorOf(Shape.of(shape));
        FloatBuffer values = TensorMemory.of(tensor).asFloatBuffer();
        while (values.hasRemaining()) {
            values.put((float) random.nextGaussian());
        }
        return tensor;
    }

    private static TFloat32 zeros(Shape shape) {
        TFloat32 tensor = TFloat32.tensorOf(shape);
        TensorMemory.of(tensor).asFloatBuffer().put(new float[(int) shape.size()]);
        return tensor;
    }

    private static float[] values(TFloat32 tensor) {
        float[] values = new float[(int) tensor.size()];
        TensorMemory.of(tensor).asFloatBuffer().get(values);
        return values;
    }
}
