package dev.iresnet.training.descent;

import java.util.Arrays;
import java.util.List;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.TensorFlow;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.Conv3d;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The gradient of Conv3D, which TensorFlow defines in Python alone ({@code nn_grad.py}): the
 * library below Java has the operations for it, but does not know them as a gradient. Undilated,
 * float32, NDHWC.
 */
final class Conv3dGradient {
    static {
        // false where TensorFlow has one of its own
        TensorFlow.registerCustomGradient(Conv3d.OP_NAME, Conv3dGradient::of);
    }

    private Conv3dGradient() {}

    /** Once in a process, before gradients are asked for; further calls do nothing. */
    static void register() {
        // the class is loaded by now
    }

    private static List<Operand<?>> of(Ops tf, GraphOperation conv, List<Output<?>> above) {
        Operand<TFloat32> input = conv.input(0).expect(TFloat32.class);
        Operand<TFloat32> filter = conv.input(1).expect(TFloat32.class);
        Operand<TFloat32> gradient = above.get(0).expect(TFloat32.class);
        List<Long> strides =
                Arrays.stream(conv.attributes().getAttrIntList("strides")).boxed().toList();
        String padding = conv.attributes().getAttrString("padding");
        Operand<TInt32> inputSize = tf.shape(input);
        Operand<TInt32> filterSize = tf.shape(filter);
        return List.of(
                tf.nn.conv3dBackpropInput(inputSize, filter, gradient, strides, padding),
                tf.nn.conv3dBackpropFilter(input, filterSize, gradient, strides, padding));
    }
}
