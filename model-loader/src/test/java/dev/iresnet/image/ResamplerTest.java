package dev.iresnet.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.iresnet.image.Preprocessing.Resize;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The resampling against its definition in real numbers. */
class ResamplerTest {

    @SuppressWarnings("ArrayRecordComponent") // a picture's worth of bytes, never compared
    private record Noise(int width, int height, byte[] pixels) implements Raster {
        static Noise of(int width, int height, long seed) {
            byte[] pixels = new byte[width * height * 3];
            new Random(seed).nextBytes(pixels);
            return new Noise(width, height, pixels);
        }

        @Override
        public void readRow(int y, int from, int to, byte[] rgb) {
            System.arraycopy(pixels, (y * width + from) * 3, rgb, 0, (to - from) * 3);
        }

        int at(int x, int y, int channel) {
            return pixels[(y * width + x) * 3 + channel] & 0xFF;
        }
    }

    /** Triangle filter, as wide as the scale when shrinking, in both directions at once. */
    private static double[] weights(int source, int scaled, int at) {
        double scale = (double) source / scaled;
        double support = Math.max(1, scale);
        double[] weights = new double[source];
        double sum = 0;
        for (int x = 0; x < source; x++) {
            double distance = Math.abs(x + 0.5 - (at + 0.5) * scale) / support;
            weights[x] = Math.max(0, 1 - distance);
            sum += weights[x];
        }
        for (int x = 0; x < source; x++) {
            weights[x] /= sum;
        }
        return weights;
    }

    private static double pixel(Noise picture, double[] columns, double[] rows, int channel) {
        double value = 0;
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; rows[y] > 0 && x < picture.width(); x++) {
                value += rows[y] * columns[x] * picture.at(x, y, channel);
            }
        }
        return value;
    }

    private static Preprocessing rule(int width, int height, Resize resize, int to) {
        Preprocessing imagenet = Preprocessing.IMAGENET;
        return new Preprocessing(width, height, resize, to, imagenet.mean(), imagenet.std());
    }

    private static ByteBuffer resample(Raster picture, Preprocessing rule) {
        ByteBuffer crop = ByteBuffer.allocateDirect(rule.cropBytes());
        CropPlan plan = CropPlan.of(rule, picture.reduction());
        new Resampler(rule).resample(picture, plan, crop);
        return crop;
    }

    @Property(tries = 150)
    void isTheTriangleFilterToWithinTwoRoundings(
            @ForAll @IntRange(min = 1, max = 90) int width,
            @ForAll @IntRange(min = 1, max = 90) int height,
            @ForAll @IntRange(min = 1, max = 24) int to,
            @ForAll long seed) {
        Noise picture = Noise.of(width, height, seed);
        ByteBuffer crop = resample(picture, rule(to, to + 3, Resize.STRETCH, 0));
        for (int at = 0; at < crop.capacity(); at++) {
            double[] columns = weights(width, to, at / 3 % to);
            double[] rows = weights(height, to + 3, at / 3 / to);
            assertThat((double) (crop.get(at) & 0xFF))
                    .isCloseTo(pixel(picture, columns, rows, at % 3), within(1.01));
        }
    }

    @Property(tries = 150)
    void withoutAntialiasingItLooksAtFourPixels(
            @ForAll @IntRange(min = 1, max = 90) int width,
            @ForAll @IntRange(min = 1, max = 90) int height,
            @ForAll @IntRange(min = 1, max = 24) int to,
            @ForAll long seed) {
        Noise picture = Noise.of(width, height, seed);
        Preprocessing imagenet = Preprocessing.IMAGENET;
        Preprocessing rule =
                new Preprocessing(
                        to,
                        to,
                        Resize.BOTH_SIDES_THEN_CROP,
                        to + 3,
                        to + 5,
                        imagenet.mean(),
                        imagenet.std(),
                        Preprocessing.Interpolation.BILINEAR_NO_ANTIALIAS,
                        Preprocessing.ChannelOrder.BGR);
        ByteBuffer crop = resample(picture, rule);
        for (int at = 0; at < crop.capacity(); at++) {
            double[] columns = between(width, to + 5, halfToEven(5) + at / 3 % to);
            double[] rows = between(height, to + 3, halfToEven(3) + at / 3 / to);
            assertThat((double) (crop.get(at) & 0xFF))
                    .isCloseTo(pixel(picture, columns, rows, at % 3), within(0.501));
        }
    }

    private static double[] between(int source, int scaled, int at) {
        double[] weights = new double[source];
        double place = Math.max(0, (at + 0.5) * source / scaled - 0.5);
        int first = Math.min((int) place, source - 1);
        int second = Math.min(first + 1, source - 1);
        weights[second] = Math.min(1, place - first);
        weights[first] += 1 - (place - first);
        return weights;
    }

    @Property(tries = 150)
    void aCropIsThePartOfTheWholeThatItNames(
            @ForAll @IntRange(min = 1, max = 60) int width,
            @ForAll @IntRange(min = 1, max = 60) int height,
            @ForAll @IntRange(min = 0, max = 9) int margin,
            @ForAll long seed) {
        Noise picture = Noise.of(width, height, seed);
        int to = 16 + margin;
        int shorter = Math.min(width, height);
        int scaledWidth = to * width / shorter;
        int scaledHeight = to * height / shorter;
        ByteBuffer whole = resample(picture, rule(scaledWidth, scaledHeight, Resize.STRETCH, 0));

        ByteBuffer crop = resample(picture, rule(16, 16, Resize.SHORTER_SIDE_THEN_CROP, to));

        int left = halfToEven(scaledWidth - 16);
        int top = halfToEven(scaledHeight - 16);
        for (int at = 0; at < crop.capacity(); at++) {
            int x = left + at / 3 % 16;
            int y = top + at / 3 / 16;
            assertThat(crop.get(at)).isEqualTo(whole.get((y * scaledWidth + x) * 3 + at % 3));
        }
    }

    @Property(tries = 100)
    void aPictureOfTheRightSizeIsCopied(
            @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll @IntRange(min = 1, max = 40) int crop,
            @ForAll long seed) {
        Noise picture = Noise.of(width, height, seed);
        int shorter = Math.min(width, height);
        int side = Math.min(crop, shorter);

        ByteBuffer made =
                resample(picture, rule(side, side, Resize.SHORTER_SIDE_THEN_CROP, shorter));

        int left = halfToEven(width - side);
        int top = halfToEven(height - side);
        for (int at = 0; at < made.capacity(); at++) {
            int x = left + at / 3 % side;
            int y = top + at / 3 / side;
            assertThat(made.get(at) & 0xFF).isEqualTo(picture.at(x, y, at % 3));
        }
    }

    @Test
    void copiesOnlyWhatNeedsNoBlending() {
        assertThat(
                        Taps.of(Preprocessing.Interpolation.BILINEAR, new Taps.Side(9, 9), 9, 2, 5)
                                .copies())
                .isTrue();
        assertThat(
                        Taps.of(Preprocessing.Interpolation.BILINEAR, new Taps.Side(9, 9), 8, 0, 8)
                                .copies())
                .isFalse();
        assertThat(
                        Taps.of(
                                        Preprocessing.Interpolation.BILINEAR,
                                        new Taps.Side(9, 9),
                                        10,
                                        0,
                                        10)
                                .copies())
                .isFalse();
        assertThat(
                        Taps.of(Preprocessing.Interpolation.BILINEAR, new Taps.Side(9, 9), 3, 0, 3)
                                .copies())
                .isFalse();
        assertThat(
                        Taps.of(
                                        Preprocessing.Interpolation.BILINEAR,
                                        new Taps.Side(9, 8.5),
                                        9,
                                        0,
                                        9)
                                .copies())
                .isFalse();
    }

    private static int halfToEven(int doubled) {
        int down = doubled / 2;
        return doubled % 2 == 0 || down % 2 == 0 ? down : down + 1;
    }

    @Property(tries = 50)
    void changesNothingAtEqualSize(
            @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll long seed) {
        Noise picture = Noise.of(width, height, seed);
        ByteBuffer crop = resample(picture, rule(width, height, Resize.STRETCH, 0));
        assertThat(crop).isEqualTo(ByteBuffer.wrap(picture.pixels()));
    }

    @Test
    void takesTheLongestSideThatIsAllowed() {
        Noise picture = Noise.of(DecodeLimits.MAX_SIDE, 1, 1);
        assertThat(resample(picture, Preprocessing.IMAGENET).capacity()).isEqualTo(150_528);
        Noise tall = Noise.of(1, DecodeLimits.MAX_SIDE, 1);
        ByteBuffer crop = resample(tall, rule(2, 2, Resize.STRETCH, 0));
        double[] upperHalf = weights(DecodeLimits.MAX_SIDE, 2, 0);
        assertThat((double) (crop.get(0) & 0xFF))
                .isCloseTo(pixel(tall, new double[] {1}, upperHalf, 0), within(1.01));
    }

    @Test
    void whiteStaysWhite() {
        Noise picture = Noise.of(61, 47, 1);
        Arrays.fill(picture.pixels(), (byte) 255);
        ByteBuffer crop = resample(picture, Preprocessing.IMAGENET);
        for (int at = 0; at < crop.capacity(); at++) {
            assertThat(crop.get(at)).isEqualTo((byte) 255);
        }
    }
}
