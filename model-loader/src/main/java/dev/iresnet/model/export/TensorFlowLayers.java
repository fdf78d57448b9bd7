package dev.iresnet.model.export;

import dev.iresnet.zoo.Convolution;
import dev.iresnet.zoo.Layers;
import dev.iresnet.zoo.Window;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lays a network as operations of a TensorFlow graph, for inference. Signals are float32 [N,H,W,C],
 * of clips [N,T,H,W,C]; variables are named after the checkpoint's keys.
 *
 * <p>PyTorch pads both sides alike and then strides, where TensorFlow's SAME puts the odd pixel
 * behind: whatever has a stride is padded explicitly. Conv3D knows no such padding, so an operation
 * of its own does it.
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
    public Operand<TFloat32> conv(String name, Operand<TFloat32> x, Convolution conv) {
        Window kernel = conv.kernel();
        int channels = channels(x) / conv.groups();
        boolean same = conv.stride().equals(Window.ONE) || kernel.equals(Window.ONE);
        List<Long> strides = axes(x, conv.stride(), 1);
        Ops named = tf.withName(name);
        if (isClip(x)) {
            Operand<TFloat32> filter =
                    variable(
                            name + ".weight",
                            kernel.t(),
                            kernel.h(),
                            kernel.w(),
                            channels,
                            conv.filters());
            Operand<TFloat32> padded = same ? x : pad(name, x, kernel, 0);
            return named.nn.conv3d(padded, filter, strides, same ? "SAME" : "VALID");
        }
        Operand<TFloat32> filter =
                variable(name + ".weight", kernel.h(), kernel.w(), channels, conv.filters());
        if (same) {
            return named.nn.conv2d(x, filter, strides, "SAME");
        }
        long h = kernel.padding().h();
        long w = kernel.padding().w();
        Conv2d.Options padding = Conv2d.explicitPaddings(0L, 0L, h, h, w, w, 0L, 0L);
        return named.nn.conv2d(x, filter, strides, "EXPLICIT", padding);
    }

    @Override
    public Operand<TFloat32> norm(String name, Operand<TFloat32> x) {
        int channels = channels(x);
        List<FusedBatchNorm.Options> options = new ArrayList<>();
        options.add(FusedBatchNorm.epsilon(EPSILON));
        options.add(FusedBatchNorm.isTraining(false));
        if (isClip(x)) {
            options.add(FusedBatchNorm.dataFormat("NDHWC"));
        }
        return tf.withName(name)
                .nn
                .fusedBatchNorm(
                        x,
                        variable(name + ".weight", channels),
                        variable(name + ".bias", channels),
                        variable(name + ".running_mean", channels),
                        variable(name + ".running_var", channels),
                        options.toArray(new FusedBatchNorm.Options[0]))
                .y();
    }

    @Override
    public Operand<TFloat32> relu(String name, Operand<TFloat32> x) {
        return tf.withName(name).nn.relu(x);
    }

    @Override
    public Operand<TFloat32> maxPool(
            String name, Operand<TFloat32> x, Window kernel, Window stride) {
        Operand<TFloat32> padded = pad(name, x, kernel, Float.NEGATIVE_INFINITY);
        Ops named = tf.withName(name);
        if (isClip(x)) {
            return named.nn.maxPool3d(padded, axes(x, kernel, 1), axes(x, stride, 1), "VALID");
        }
        return named.nn.maxPool(
                padded,
                tf.constant(new int[] {1, kernel.h(), kernel.w(), 1}),
                tf.constant(new int[] {1, stride.h(), stride.w(), 1}),
                "VALID");
    }

    /** As far as a kernel looks beyond the edges. */
    private Operand<TFloat32> pad(String name, Operand<TFloat32> x, Window kernel, float value) {
        List<Long> padding = axes(x, kernel.padding(), 0);
        int[][] both = new int[padding.size()][];
        for (int i = 0; i < both.length; i++) {
            int p = Math.toIntExact(padding.get(i));
            both[i] = new int[] {p, p};
        }
        return tf.withName(name + ".pad").pad(x, tf.constant(both), tf.constant(value));
    }

    /** A window as the operations of a signal's rank want it: [1,h,w,1] or [1,t,h,w,1]. */
    private static List<Long> axes(Operand<TFloat32> x, Window window, long other) {
        return isClip(x)
                ? List.of(other, (long) window.t(), (long) window.h(), (long) window.w(), other)
                : List.of(other, (long) window.h(), (long) window.w(), other);
    }

    private static boolean isClip(Operand<TFloat32> x) {
        return x.shape().numDimensions() == 5;
    }

    @Override
    public Operand<TFloat32> add(
            String name, Operand<TFloat32> shortcut, Operand<TFloat32> residual) {
        return tf.withName(name).math.add(shortcut, residual);
    }

    @Override
    public Operand<TFloat32> globalMean(String name, Operand<TFloat32> x) {
        return tf.withName(name)
                .math
                .mean(x, tf.constant(isClip(x) ? new int[] {1, 2, 3} : new int[] {1, 2}));
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
