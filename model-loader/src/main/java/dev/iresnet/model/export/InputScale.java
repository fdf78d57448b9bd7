package dev.iresnet.model.export;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.image.Preprocessing.ChannelOrder;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * Normalisation of pixels 0..255 as (x - 255 mean) / (255 std), so that only one rounding more than
 * PyTorch's is made. Values are in the order in which the network takes the channels.
 */
public final class InputScale {
    private InputScale() {}

    /** Per channel, to be subtracted from a pixel. */
    public static float[] mean(Preprocessing rule) {
        float[] mean = new float[3];
        for (int c = 0; c < 3; c++) {
            mean[c] = (float) (255.0 * rule.mean().get(inRgb(rule, c)));
        }
        return mean;
    }

    /** Per channel, to multiply what is left by. */
    public static float[] scale(Preprocessing rule) {
        float[] scale = new float[3];
        for (int c = 0; c < 3; c++) {
            scale[c] = (float) (1 / (255.0 * rule.std().get(inRgb(rule, c))));
        }
        return scale;
    }

    private static int inRgb(Preprocessing rule, int channel) {
        return rule.channelOrder() == ChannelOrder.BGR ? 2 - channel : channel;
    }

    /** Pictures [N,H,W,3] in RGB, as the network takes their channels. */
    public static Operand<TUint8> ordered(Ops tf, Operand<TUint8> rgb, Preprocessing rule) {
        return rule.channelOrder() == ChannelOrder.BGR
                ? tf.reverse(rgb, tf.constant(new int[] {rgb.shape().numDimensions() - 1}))
                : rgb;
    }

    /** Pictures [N,H,W,3] in RGB, uint8, as the network takes them: float32. */
    public static Operand<TFloat32> normalised(
            Ops tf, Operand<TUint8> pictures, Preprocessing rule) {
        Operand<TFloat32> pixels = tf.dtypes.cast(ordered(tf, pictures, rule), TFloat32.class);
        Operand<TFloat32> centred = tf.math.sub(pixels, tf.constant(mean(rule)));
        return tf.math.mul(centred, tf.constant(scale(rule)));
    }
}
