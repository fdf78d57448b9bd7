package dev.iresnet.model.export;

import dev.iresnet.zoo.Conv;
import dev.iresnet.zoo.Layers;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lays a network as operations of a TensorFlow graph, for inference. Signals are float32 [N,H,W,C];
 * variables are named after the checkpoint's keys.
 *
 * <p>PyTorch pads both sides alike and then strides, where TensorFlow's SAME puts the odd pixel
 * behind: whatever has a stride is padded explicitly.
 */
final class TensorFlowLayers implements Layers<Operand<TFloat32>> {
    private static final float EPSILON = 1e-5f;

    private final Ops tf;
    private final Map<String, Variable<TFloat32>> variables = new LinkedHashMap<>();

    TensorFlowLayers(Ops tf) {
        this.tf = tf;
    }

    /** By key, in the order in which the signal meets them. */
    Map<String, Variable<TFloat32>> variables() {
        return Collections.unmodifiableMap(variables);
    }

    @Override
    public Operand<TFloat32> conv(String name, Operand<TFloat32> x, Conv conv) {
        int k = conv.kernel();
        Operand<TFloat32> filter =
                variable(name + ".weight", k, k, channels(x) / conv.groups(), conv.filters());
        List<Long> strides = List.of(1L, (long) conv.stride(), (long) conv.stride(), 1L);
        Ops named = tf.withName(name);
        if (conv.stride() == 1 || k == 1) {
            return named.nn.conv2d(x, filter, strides, "SAME");
        }
        long p = conv.padding();
        Conv2d.Options padding = Conv2d.explicitPaddings(0L, 0L, p, p, p, p, 0L, 0L);
        return named.nn.conv2d(x, filter, strides, "EXPLICIT", padding);
    }

    @Override
    public Operand<TFloat32> norm(String name, Operand<TFloat32> x) {
        int channels = channels(x);
        return tf.withName(name)
                .nn
                .fusedBatchNorm(
                        x,
                        variable(name + ".weight", channels),
                        variable(name + ".bias", channels),
                        variable(name + ".running_mean", channels),
                        variable(name + ".running_var", channels),
                        FusedBatchNorm.epsilon(EPSILON),
                        FusedBatchNorm.isTraining(false))
                .y();
    }

    @Override
    public Operand<TFloat32> relu(String name, Operand<TFloat32> x) {
        return tf.withName(name).nn.relu(x);
    }

    @Override
    public Operand<TFloat32> maxPool(String name, Operand<TFloat32> x, int stride) {
        Operand<TFloat32> padded =
                tf.withName(name + ".pad")
                        .pad(
                                x,
                                tf.constant(new int[][] {{0, 0}, {1, 1}, {1, 1}, {0, 0}}),
                                tf.constant(Float.NEGATIVE_INFINITY));
        return tf.withName(name)
                .nn
                .maxPool(
                        padded,
                        tf.constant(new int[] {1, 3, 3, 1}),
                        tf.constant(new int[] {1, stride, stride, 1}),
                        "VALID");
    }

    @Override
    public Operand<TFloat32> add(
            String name, Operand<TFloat32> shortcut, Operand<TFloat32> residual) {
        return tf.withName(name).math.add(shortcut, residual);
    }

    @Override
    public Operand<TFloat32> globalMean(String name, Operand<TFloat32> x) {
        return tf.withName(name).math.mean(x, tf.constant(new int[] {1, 2}));
    }

    @Override
    public Operand<TFloat32> dense(String name, Operand<TFloat32> x, int outputs) {
        Operand<TFloat32> product =
                tf.withName(name)
                        .linalg
                        .matMul(x, variable(name + ".weight", channels(x), outputs));
        return tf.withName("logits").nn.biasAdd(product, variable(name + ".bias", outputs));
    }

    @Override
    public int channels(Operand<TFloat32> x) {
        Shape shape = x.shape();
        return Math.toIntExact(shape.get(shape.numDimensions() - 1));
    }

    private Variable<TFloat32> variable(String key, long... shape) {
        Variable<TFloat32> variable = tf.withName(key).variable(Shape.of(shape), TFloat32.class);
        variables.put(key, variable);
        return variable;
    }
}
