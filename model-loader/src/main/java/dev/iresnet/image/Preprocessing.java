package dev.iresnet.image;

import java.util.List;

/**
 * The rule by which a picture becomes a network's input. Part of the model: see {@code model.json}.
 *
 * @param width of the crop, pixels, 1..{@value #MAX_SIDE}
 * @param height of the crop, pixels, 1..{@value #MAX_SIDE}
 * @param resize how the picture is brought to that size
 * @param resizeTo pixels, at most {@value #MAX_SIDE}. {@link Resize#SHORTER_SIDE_THEN_CROP}: of the
 *     shorter side after resizing, at least the crop's longer side. {@link
 *     Resize#BOTH_SIDES_THEN_CROP}: of the height, at least the crop's. Ignored otherwise
 * @param resizeToWidth pixels, from the crop's width to {@value #MAX_SIDE}; only for {@link
 *     Resize#BOTH_SIDES_THEN_CROP}, ignored otherwise
 * @param mean per channel R, G, B (in this order, whatever the network's), of values in 0..1
 * @param std per channel R, G, B (in this order, whatever the network's), of values in 0..1; above
 *     0
 * @param interpolation filter of the resize
 * @param channelOrder in which the network takes the channels; crops are RGB all the same
 */
public record Preprocessing(
        int width,
        int height,
        Resize resize,
        int resizeTo,
        int resizeToWidth,
        List<Float> mean,
        List<Float> std,
        Interpolation interpolation,
        ChannelOrder channelOrder) {

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

    /** With Pillow's bilinear filter, in RGB. */
    public Preprocessing(
            int width, int height, Resize resize, int resizeTo, List<Float> mean, List<Float> std) {
        this(width, height, resize, resizeTo, mean, std, Interpolation.BILINEAR);
    }

    /** In RGB, and square where both sides are brought to a size. */
    public Preprocessing(
            int width,
            int height,
            Resize resize,
            int resizeTo,
            List<Float> mean,
            List<Float> std,
            Interpolation interpolation) {
        this(width, height, resize, resizeTo, resizeTo, mean, std, interpolation, ChannelOrder.RGB);
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
        if (resize == Resize.BOTH_SIDES_THEN_CROP
                && (resizeTo < height
                        || resizeToWidth < width
                        || resizeTo > MAX_SIDE
                        || resizeToWidth > MAX_SIDE)) {
            throw new IllegalArgumentException(
                    "the height must be resized to %d..%d and the width to %d..%d to crop %dx%d (width x height) from them, got %d and %d"
                            .formatted(
                                    height,
                                    MAX_SIDE,
                                    width,
                                    MAX_SIDE,
                                    width,
                                    height,
                                    resizeTo,
                                    resizeToWidth));
        }
        // equal rules are equal whatever is ignored of them
        resizeToWidth = resize == Resize.BOTH_SIDES_THEN_CROP ? resizeToWidth : resizeTo;
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
        return new Preprocessing(
                side, side, Resize.STRETCH, side, side, mean, std, interpolation, channelOrder);
    }

    /** The same for crops of another size, from a picture that is at least as large. */
    public Preprocessing croppedTo(int width, int height) {
        int least = resize == Resize.BOTH_SIDES_THEN_CROP ? height : Math.max(width, height);
        return new Preprocessing(
                width,
                height,
                resize,
                Math.max(least, resizeTo),
                Math.max(width, resizeToWidth),
                mean,
                std,
                interpolation,
                channelOrder);
    }

    /** The same with another normalisation. */
    public Preprocessing normalisedBy(List<Float> mean, List<Float> std) {
        return new Preprocessing(
                width,
                height,
                resize,
                resizeTo,
                resizeToWidth,
                mean,
                std,
                interpolation,
                channelOrder);
    }

    /** Bytes of one crop: height x width x 3. */
    public int cropBytes() {
        return height * width * 3;
    }

    /** Filters; Pillow's are as wide as the scale when they shrink (anti-aliasing). */
    public enum Interpolation {
        /** Pillow's triangle over 2 pixels. */
        BILINEAR,
        /** Pillow's: Keys' cubic over 4 pixels, a = -0.5. */
        BICUBIC,
        /**
         * Between the 4 pixels around a point, however much the picture shrinks: torchvision's
         * {@code resize} of tensors with {@code antialias=False}, and TensorFlow's {@code
         * tf.image.resize}, rounded to 8 bits.
         */
        BILINEAR_NO_ANTIALIAS
    }

    /** In which a network takes the three channels of a pixel. */
    public enum ChannelOrder {
        /** As nearly all do. */
        RGB,
        /** As Caffe's networks do, and those that were made of them. */
        BGR
    }

    /** All ways use the {@link Interpolation}. */
    public enum Resize {
        /** The shorter side to {@code resizeTo}, the other in proportion, then the centre. */
        SHORTER_SIDE_THEN_CROP,
        /**
         * The height to {@code resizeTo}, the width to {@code resizeToWidth}, then the centre; the
         * aspect ratio may change.
         */
        BOTH_SIDES_THEN_CROP,
        /** Both sides straight to the crop's size; the aspect ratio may change. */
        STRETCH
    }
}
