package dev.iresnet.image;

import java.util.List;

/**
 * The rule by which a picture becomes a network's input. Part of the model: see {@code model.json}.
 *
 * @param width of the crop, pixels, 1..{@value #MAX_SIDE}
 * @param height of the crop, pixels, 1..{@value #MAX_SIDE}
 * @param resize how the picture is brought to that size
 * @param resizeTo shorter side after resizing, pixels, at least the crop's longer side and at most
 *     {@value #MAX_SIDE}; only for {@link Resize#SHORTER_SIDE_THEN_CROP}, ignored otherwise
 * @param mean per channel R, G, B, of values in 0..1
 * @param std per channel R, G, B, of values in 0..1; above 0
 * @param interpolation filter of the resize
 */
public record Preprocessing(
        int width,
        int height,
        Resize resize,
        int resizeTo,
        List<Float> mean,
        List<Float> std,
        Interpolation interpolation) {

    /** Longest side that a crop can have, pixels. */
    public static final int MAX_SIDE = 4096;

    /** The evaluation rule of the paper's authors and of torchvision: 256, crop 224. */
    public static final Preprocessing IMAGENET =
            new Preprocessing(
                    224,
                    224,
                    Resize.SHORTER_SIDE_THEN_CROP,
                    256,
                    List.of(0.485f, 0.456f, 0.406f),
                    List.of(0.229f, 0.224f, 0.225f));

    /** With the bilinear filter. */
    public Preprocessing(
            int width, int height, Resize resize, int resizeTo, List<Float> mean, List<Float> std) {
        this(width, height, resize, resizeTo, mean, std, Interpolation.BILINEAR);
    }

    public Preprocessing {
        if (width < 1 || width > MAX_SIDE || height < 1 || height > MAX_SIDE) {
            throw new IllegalArgumentException(
                    "a crop's sides must be 1..%d, got %dx%d".formatted(MAX_SIDE, width, height));
        }
        if (resize == Resize.SHORTER_SIDE_THEN_CROP
                && (resizeTo < Math.max(width, height) || resizeTo > MAX_SIDE)) {
            throw new IllegalArgumentException(
                    "the shorter side must be resized to %d..%d to crop %dx%d from it, got %d"
                            .formatted(Math.max(width, height), MAX_SIDE, width, height, resizeTo));
        }
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        if (mean.size() != 3 || !mean.stream().allMatch(Float::isFinite)) {
            throw new IllegalArgumentException("mean must be 3 finite numbers, got " + mean);
        }
        if (std.size() != 3 || !std.stream().allMatch(s -> Float.isFinite(s) && s > 0)) {
            throw new IllegalArgumentException("std must be 3 numbers above 0, got " + std);
        }
    }

    /** The same for crops that the whole picture is stretched to, {@code side} pixels a side. */
    public Preprocessing stretchedTo(int side) {
        return new Preprocessing(side, side, Resize.STRETCH, side, mean, std, interpolation);
    }

    /** Bytes of one crop: height x width x 3. */
    public int cropBytes() {
        return height * width * 3;
    }

    /** Pillow's filters, which are as wide as the scale when they shrink (anti-aliasing). */
    public enum Interpolation {
        /** A triangle over 2 pixels. */
        BILINEAR,
        /** Keys' cubic over 4 pixels, a = -0.5. */
        BICUBIC
    }

    /** Both ways use the {@link Interpolation}. */
    public enum Resize {
        /** The shorter side to {@code resizeTo}, the other in proportion, then the centre. */
        SHORTER_SIDE_THEN_CROP,
        /** Both sides straight to the crop's size; the aspect ratio may change. */
        STRETCH
    }
}
