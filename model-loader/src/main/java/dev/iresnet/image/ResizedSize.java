package dev.iresnet.image;

import dev.iresnet.image.Preprocessing.Resize;

/**
 * What a rule resizes a picture to, before it takes the centre.
 *
 * @param width pixels
 * @param height pixels
 */
record ResizedSize(int width, int height) {

    static ResizedSize of(Preprocessing rule, int width, int height) {
        if (rule.resize() == Resize.STRETCH) {
            return new ResizedSize(rule.width(), rule.height());
        }
        int shorter = Math.min(width, height);
        return new ResizedSize(
                scale(width, rule.resizeTo(), shorter), scale(height, rule.resizeTo(), shorter));
    }

    private static int scale(int side, int to, int shorter) {
        return Math.toIntExact((long) to * side / shorter);
    }
}
