package dev.iresnet.training.descent;

import dev.iresnet.model.export.TensorFlowLayers;
import dev.iresnet.zoo.Convolution;
import dev.iresnet.zoo.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.index.Index;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;

/**
 * The layers of a network in training: norms take the statistics of the batch, and convolutions are
 * laid so that TensorFlow's gradients of them are right.
 *
 * <p>The gradient of a convolution with EXPLICIT padding leaves the padding out, so an operation of
 * its own pads. That of a convolution in groups needs oneDNN, so groups are split and joined. With
 * oneDNN that of a strided 1x1 convolution is wrong for few channels, so the stride is a slice. For
 * that of a convolution over frames see {@link Conv3dGradient}.
 */
public final class TrainingLayers extends TensorFlowLayers {
    private static final float MOMENTUM = 0.1f;

    private final List<Op> updates = new ArrayList<>();

    /**
     * With variables of another.
     *
     * @param shared variables by key, which are taken where a layer's is among them
     */
    public TrainingLayers(Ops tf, Map<String, Variable<TFloat32>> shared) {
        super(tf, shared);
    }

    /** What sets the running statistics after a step, as PyTorch does. */
    List<Op> updates() {
        return List.copyOf(updates);
    }

    @Override
    public Operand<TFloat32> conv(String name, Operand<TFloat32> x, Convolution conv) {
        Operand<TFloat32> filter = filter(name, x, conv);
        boolean pointwise = conv.kernel().equals(Window.ONE);
        boolean strided = !conv.stride().equals(Window.ONE);
        Operand<TFloat32> input = x;
        if (!conv.padded()) {
            return super.conv(name, x, conv);
        }
        if (strided && pointwise) {
            input = every(name, x, conv.stride());
        } else if (strided) {
            input = pad(name, x, conv.kernel(), 0);
        }
        List<Long> strides = axes(x, pointwise ? Window.ONE : conv.stride(), 1);
        String padding = strided && !pointwise ? "VALID" : "SAME";
        if (isClip(x)) {
            Conv3dGradient.register();
            return tf.withName(name).nn.conv3d(input, filter, strides, padding);
        }
        if (conv.groups() == 1) {
            return tf.withName(name).nn.conv2d(input, filter, strides, padding);
        }
        return grouped(name, input, filter, conv.groups(), strides, padding);
    }

    private Operand<TFloat32> every(String name, Operand<TFloat32> x, Window stride) {
        Index rows = Indices.sliceFrom(0, stride.h());
        Index columns = Indices.sliceFrom(0, stride.w());
        Ops named = tf.withName(name + ".every");
        if (isClip(x)) {
            Index frames = Indices.sliceFrom(0, stride.t());
            return named.stridedSlice(x, Indices.all(), frames, rows, columns, Indices.all());
        }
        return named.stridedSlice(x, Indices.all(), rows, columns, Indices.all());
    }

    private Operand<TFloat32> grouped(
            String name,
            Operand<TFloat32> x,
            Operand<TFloat32> filter,
            long groups,
            List<Long> strides,
            String padding) {
        Ops inside = tf.withSubScope(name + ".groups");
        List<? extends Operand<TFloat32>> inputs =
                inside.split(inside.constant(3), x, groups).output();
        List<? extends Operand<TFloat32>> filters =
                inside.split(inside.constant(3), filter, groups).output();
        List<Operand<TFloat32>> outputs = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            outputs.add(inside.nn.conv2d(inputs.get(group), filters.get(group), strides, padding));
        }
        return tf.withName(name).concat(outputs, tf.constant(3));
    }

    @Override
    public Operand<TFloat32> norm(String name, Operand<TFloat32> x) {
        FusedBatchNorm<TFloat32, TFloat32> norm = norm(name, x, true);
        int channels = channels(x);
        move(variable(name + ".running_mean", channels), norm.batchMean());
        // TensorFlow's is the unbiased one, n / (n - 1), as PyTorch's
        move(variable(name + ".running_var", channels), norm.batchVariance());
        return norm.y();
    }

    private void move(Variable<TFloat32> running, Operand<TFloat32> batch) {
        Operand<TFloat32> kept = tf.math.mul(running, tf.constant(1 - MOMENTUM));
        Operand<TFloat32> added = tf.math.mul(batch, tf.constant(MOMENTUM));
        updates.add(tf.assign(running, tf.math.add(kept, added)));
    }
}
