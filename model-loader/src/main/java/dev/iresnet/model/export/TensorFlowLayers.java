package dev.iresnet.model.export;

import dev.iresnet.zoo.Convolution;
import dev.iresnet.zoo.Layers;
import dev.iresnet.zoo.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;

/**
 * Lays a network as operations of a TensorFlow graph, for inference. Signals are float32 [N,H,W,C],
 * of clips [N,T,H,W,C]; variables are named after the checkpoint's keys.
 *
 * <p>PyTorch pads both sides alike and then strides, where TensorFlow's SAME puts the odd pixel
 * behind: whatever has a stride is padded explicitly. Conv3D knows no such padding, so an operation
 * of its own does it. What trains a network lays some of its layers otherwise, over the same
 * variables.
 */
public class TensorFlowLayers implements Layers<Operand<TFloat32>> {
    private static final float EPSILON = 1e-5f;

    protected final Ops tf;
    private final Map<String, Variable<TFloat32>> variables = new LinkedHashMap<>();

    /** With variables of its own. */
    public TensorFlowLayers(Ops tf) {
        this(tf, Map.of());
    }

    /**
     * With variables of another.
     *
     * @param shared variables by key, which are taken where a layer's is among them
     */
    public TensorFlowLayers(Ops tf, Map<String, Variable<TFloat32>> shared) {
        this.tf = tf;
        this.variables.putAll(shared);
    }

    /** By key, in the order in which the signal meets them. */
    public final Map<String, Variable<TFloat32>> variables() {
        return Collections.unmodifiableMap(variables);
    }

    @Override
    public Operand<TFloat32> conv(String name, Operand<TFloat32> x, Convolution conv) {
        Window kernel = conv.kernel();
        Operand<TFloat32> filter = filter(name, x, conv);
        if (!conv.padded()) {
            return tf.withName(name).nn.conv2d(x, filter, axes(x, conv.stride(), 1), "VALID");
        }
        boolean same = conv.stride().equals(Window.ONE) || kernel.equals(Window.ONE);
        List<Long> strides = axes(x, conv.stride(), 1);
        Ops named = tf.withName(name);
        if (isClip(x)) {
            Operand<TFloat32> padded = same ? x : pad(name, x, kernel, 0);
            return named.nn.conv3d(padded, filter, strides, same ? "SAME" : "VALID");
        }
        if (same) {
            return named.nn.conv2d(x, filter, strides, "SAME");
        }
        long h = kernel.padding().h();
        long w = kernel.padding().w();
        Conv2d.Options padding = Conv2d.explicitPaddings(0L, 0L, h, h, w, w, 0L, 0L);
        return named.nn.conv2d(x, filter, strides, "EXPLICIT", padding);
    }

    /** [h,w,in,out], of a clip [t,h,w,in,out]; in groups {@code in} are those of one group. */
    protected final Operand<TFloat32> filter(String name, Operand<TFloat32> x, Convolution conv) {
        Window kernel = conv.kernel();
        int channels = channels(x) / conv.groups();
        return isClip(x)
                ? weights(
                        name + ".weight",
                        kernel.t(),
                        kernel.h(),
                        kernel.w(),
                        channels,
                        conv.filters())
                : weights(name + ".weight", kernel.h(), kernel.w(), channels, conv.filters());
    }

    @Override
    public Operand<TFloat32> norm(String name, Operand<TFloat32> x) {
        return norm(name, x, false).y();
    }

    /**
     * A norm with what it gives beside its output.
     *
     * @param training whether the batch's own statistics are used, and given back
     */
    protected final FusedBatchNorm<TFloat32, TFloat32> norm(
            String name, Operand<TFloat32> x, boolean training) {
        int channels = channels(x);
        List<FusedBatchNorm.Options> options = new ArrayList<>();
        options.add(FusedBatchNorm.epsilon(EPSILON));
        options.add(FusedBatchNorm.isTraining(training));
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
                        options.toArray(new FusedBatchNorm.Options[0]));
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
    protected final Operand<TFloat32> pad(
            String name, Operand<TFloat32> x, Window kernel, float value) {
        List<Long> padding = axes(x, kernel.padding(), 0);
        int[][] both = new int[padding.size()][];
        for (int i = 0; i < both.length; i++) {
            int p = Math.toIntExact(padding.get(i));
            both[i] = new int[] {p, p};
        }
        return tf.withName(name + ".pad").pad(x, tf.constant(both), tf.constant(value));
    }

    /** A window as the operations of a signal's rank want it: [1,h,w,1] or [1,t,h,w,1]. */
    protected static List<Long> axes(Operand<TFloat32> x, Window window, long other) {
        return isClip(x)
                ? List.of(other, (long) window.t(), (long) window.h(), (long) window.w(), other)
                : List.of(other, (long) window.h(), (long) window.w(), other);
    }

    protected static boolean isClip(Operand<TFloat32> x) {
        return x.shape().numDimensions() == 5;
    }

    @Override
    public Operand<TFloat32> add(
            String name, Operand<TFloat32> shortcut, Operand<TFloat32> residual) {
        return tf.withName(name).math.add(shortcut, residual);
    }

    @Override
    public Operand<TFloat32> predictor(String name, Operand<TFloat32> x, int filters) {
        Convolution conv = new Convolution(Window.square(3), filters, Window.ONE, 1);
        return tf.withName(name + ".biased")
                .nn
                .biasAdd(conv(name, x, conv), variable(name + ".bias", filters));
    }

    @Override
    public Operand<TFloat32> boxes(String name, List<Operand<TFloat32>> maps, int values) {
        List<Operand<TFloat32>> rows = new ArrayList<>();
        for (Operand<TFloat32> map : maps) {
            // [N,H,W,C] to [N,C,H,W], in which each value's kinds lie one behind the other
            Operand<TFloat32> first = tf.linalg.transpose(map, tf.constant(new int[] {0, 3, 1, 2}));
            rows.add(tf.reshape(first, tf.constant(new int[] {-1, values, boxes(map, values)})));
        }
        return tf.withName(name).concat(rows, tf.constant(2));
    }

    private static int boxes(Operand<TFloat32> map, int values) {
        Shape shape = map.shape();
        return Math.toIntExact(shape.get(1) * shape.get(2) * shape.get(3) / values);
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
                tf.withName(name).linalg.matMul(x, weights(name + ".weight", channels(x), outputs));
        return tf.withName("logits").nn.biasAdd(product, variable(name + ".bias", outputs));
    }

    @Override
    public int channels(Operand<TFloat32> x) {
        Shape shape = x.shape();
        return Math.toIntExact(shape.get(shape.numDimensions() - 1));
    }

    /** Of a convolution or a dense layer; the last extent is that of its filters or outputs. */
    protected Operand<TFloat32> weights(String key, long... shape) {
        return variable(key, shape);
    }

    protected final Variable<TFloat32> variable(String key, long... shape) {
        return variables.computeIfAbsent(
                key, absent -> tf.withName(key).variable(Shape.of(shape), TFloat32.class));
    }
}
