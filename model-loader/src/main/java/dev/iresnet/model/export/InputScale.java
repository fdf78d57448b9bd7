package dev.iresnet.model.export;

import dev.iresnet.image.Preprocessing;

/**
 * Normalisation of pixels 0..255 as (x - 255 mean) / (255 std), so that only one rounding more than
 * PyTorch's is made.
 */
public final class InputScale {
    private InputScale() {}

    /** Per channel, to be subtracted from a pixel. */
    public static float[] mean(Preprocessing rule) {
        float[] mean = new float[3];
        for (int c = 0; c < 3; c++) {
            mean[c] = (float) (255.0 * rule.mean().get(c));
        }
        return mean;
    }

    /** Per channel, to multiply what is left by. */
    public static float[] scale(Preprocessing rule) {
        float[] scale = new float[3];
        for (int c = 0; c < 3; c++) {
            scale[c] = (float) (1 / (255.0 * rule.std().get(c)));
        }
        return scale;
    }
}
