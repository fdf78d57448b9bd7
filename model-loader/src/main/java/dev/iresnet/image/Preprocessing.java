package dev.iresnet.image;

import java.util.List;

/**
 * The rule by which a picture becomes a network's input. Part of the model: see {@code model.json}.
 *
 * @param width of the crop, pixels
 * @param height of the crop, pixels
 * @param resize how the picture is brought to that size
 * @param resizeTo shorter side after resizing, pixels; only for {@link
 *     Resize#SHORTER_SIDE_THEN_CROP}
 * @param mean per channel R, G, B, of values in 0..1
 * @param std per channel R, G, B, of values in 0..1
 */
public record Preprocessing(
        int width, int height, Resize resize, int resizeTo, List<Float> mean, List<Float> std) {

    /** The evaluation rule of the paper's authors and of torchvision: 256, crop 224. */
    public static final Preprocessing IMAGENET =
            new Preprocessing(
                    224,
                    224,
                    Resize.SHORTER_SIDE_THEN_CROP,
                    256,
                    List.of(0.485f, 0.456f, 0.406f),
                    List.of(0.229f, 0.224f, 0.225f));

    public Preprocessing {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
    }

    /** Bytes of one crop: height x width x 3. */
    public int cropBytes() {
        return height * width * 3;
    }

    /** Both ways use PIL's bilinear filter, which anti-aliases when it shrinks. */
    public enum Resize {
        /** The shorter side to {@code resizeTo}, the other in proportion, then the centre. */
        SHORTER_SIDE_THEN_CROP,
        /** Both sides straight to the crop's size; the aspect ratio may change. */
        STRETCH
    }
}
