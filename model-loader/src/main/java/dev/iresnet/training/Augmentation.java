package dev.iresnet.training;

import dev.iresnet.image.Preprocessing;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/** How a picture is varied from one epoch to the next. */
public enum Augmentation {
    /** Not at all: the picture as it is when the network is used. */
    NONE,
    /** Left and right change places, in half of the cases. */
    MIRROR,
    /** Also moved by up to an eighth of the side, as is usual for CIFAR. */
    SHIFT,
    /**
     * A part of 35% to 100% of the picture, in the shape of 3:4 to 4:3, brought to size;
     * brightness, contrast and saturation changed by up to 30%.
     */
    UNMIRRORED,
    /** The same, mirrored in half of the cases. */
    FULL;

    private static final double SMALLEST_PART = 0.35;
    private static final double WIDEST = 4 / 3.0;
    private static final double COLOUR = 0.3;
    private static final int TRIES = 10;

    /** What pictures are decoded to: larger than the input where parts are taken of it. */
    Preprocessing stored(Preprocessing rule) {
        if (this != FULL && this != UNMIRRORED) {
            return rule;
        }
        int width = Math.min(Preprocessing.MAX_SIDE, rule.width() * 8 / 7);
        int height = Math.min(Preprocessing.MAX_SIDE, rule.height() * 8 / 7);
        return rule.croppedTo(width, height);
    }

    /** One way to vary: the same for all frames of a clip. */
    @FunctionalInterface
    interface View {
        /**
         * Makes an input.
         *
         * @param stored as {@link #stored} says
         * @param to receives height x width x 3 bytes at its position, which moves behind them
         */
        void put(ByteBuffer stored, ByteBuffer to);
    }

    /**
     * Draws a view.
     *
     * @param first picture, or the first of a clip: contrast is about its mean
     */
    View view(Preprocessing rule, ByteBuffer first, RandomGenerator random) {
        return switch (this) {
            case NONE -> (stored, to) -> to.put(stored);
            case MIRROR, SHIFT -> shifted(rule, random);
            case UNMIRRORED, FULL -> part(rule, first, random);
        };
    }

    private View shifted(Preprocessing rule, RandomGenerator random) {
        int reach = this == SHIFT ? Math.max(1, Math.min(rule.width(), rule.height()) / 8) : 0;
        int right = random.nextInt(-reach, reach + 1);
        int down = random.nextInt(-reach, reach + 1);
        boolean mirrored = random.nextBoolean();
        return (from, to) -> shift(rule, from, right, down, mirrored, to);
    }

    private static void shift(
            Preprocessing rule,
            ByteBuffer from,
            int right,
            int down,
            boolean mirrored,
            ByteBuffer to) {
        for (int y = 0; y < rule.height(); y++) {
            for (int x = 0; x < rule.width(); x++) {
                int sourceX = (mirrored ? rule.width() - 1 - x : x) + right;
                int sourceY = y + down;
                boolean inside =
                        sourceX >= 0
                                && sourceX < rule.width()
                                && sourceY >= 0
                                && sourceY < rule.height();
                for (int c = 0; c < 3; c++) {
                    // what comes in from outside has the mean's colour
                    to.put(
                            inside
                                    ? from.get((sourceY * rule.width() + sourceX) * 3 + c)
                                    : (byte) Math.round(255 * rule.mean().get(c)));
                }
            }
        }
    }

    private View part(Preprocessing rule, ByteBuffer first, RandomGenerator random) {
        Preprocessing whole = stored(rule);
        double width = whole.width();
        double height = whole.height();
        for (int i = 0; i < TRIES; i++) {
            double area = whole.width() * whole.height() * random.nextDouble(SMALLEST_PART, 1);
            double shape = Math.exp(Math.log(WIDEST) * random.nextDouble(-1, 1));
            double tried = Math.sqrt(area * shape);
            if (tried <= whole.width() && tried / shape <= whole.height()) {
                width = tried;
                height = tried / shape;
                break;
            }
        }
        double left = random.nextDouble() * (whole.width() - width);
        double top = random.nextDouble() * (whole.height() - height);
        boolean mirrored = random.nextBoolean() && this == FULL;
        Colour colour = Colour.random(random, first);
        Part part = new Part(left, top, width, height);
        return (from, to) -> put(rule, part, mirrored, colour, from, to);
    }

    /** A part of a picture, in pixels. */
    private record Part(double left, double top, double width, double height) {}

    private void put(
            Preprocessing rule,
            Part part,
            boolean mirrored,
            Colour colour,
            ByteBuffer from,
            ByteBuffer to) {
        Preprocessing whole = stored(rule);
        float[] rgb = new float[3];
        for (int y = 0; y < rule.height(); y++) {
            double sourceY = part.top + (y + 0.5) * part.height / rule.height() - 0.5;
            for (int x = 0; x < rule.width(); x++) {
                int at = mirrored ? rule.width() - 1 - x : x;
                double sourceX = part.left + (at + 0.5) * part.width / rule.width() - 0.5;
                blend(from, whole, sourceX, sourceY, rgb);
                colour.put(rgb, to);
            }
        }
    }

    /** Bilinear, of the four pixels around a place. */
    private static void blend(
            ByteBuffer from, Preprocessing size, double x, double y, float[] rgb) {
        int left = Math.max(0, Math.min((int) Math.floor(x), size.width() - 1));
        int top = Math.max(0, Math.min((int) Math.floor(y), size.height() - 1));
        int right = Math.min(left + 1, size.width() - 1);
        int bottom = Math.min(top + 1, size.height() - 1);
        double shareX = Math.max(0, Math.min(x - left, 1));
        double shareY = Math.max(0, Math.min(y - top, 1));
        for (int c = 0; c < 3; c++) {
            double above =
                    value(from, size, left, top, c) * (1 - shareX)
                            + value(from, size, right, top, c) * shareX;
            double below =
                    value(from, size, left, bottom, c) * (1 - shareX)
                            + value(from, size, right, bottom, c) * shareX;
            rgb[c] = (float) (above * (1 - shareY) + below * shareY);
        }
    }

    private static int value(ByteBuffer from, Preprocessing size, int x, int y, int channel) {
        return from.get((y * size.width() + x) * 3 + channel) & 0xFF;
    }

    private static float mean(ByteBuffer pixels) {
        long sum = 0;
        for (int i = 0; i < pixels.limit(); i++) {
            sum += pixels.get(i) & 0xFF;
        }
        return (float) sum / pixels.limit();
    }

    /** Factors; contrast is about the picture's mean, saturation about a pixel's grey. */
    public record Colour(float brightness, float contrast, float saturation, float mean) {
        /** Random ones for a picture, of all its bytes up to the limit. */
        public static Colour random(RandomGenerator random, ByteBuffer pixels) {
            return new Colour(
                    factor(random), factor(random), factor(random), Augmentation.mean(pixels));
        }

        private static float factor(RandomGenerator random) {
            return (float) random.nextDouble(1 - COLOUR, 1 + COLOUR);
        }

        /** Puts a changed pixel where the buffer stands. */
        public void put(float[] rgb, ByteBuffer to) {
            float grey = 0.299f * rgb[0] + 0.587f * rgb[1] + 0.114f * rgb[2];
            for (float value : rgb) {
                float saturated = grey + (value - grey) * saturation;
                float contrasted = mean + (saturated - mean) * contrast;
                to.put((byte) Math.max(0, Math.min(255, Math.round(contrasted * brightness))));
            }
        }
    }
}
