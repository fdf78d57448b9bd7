package dev.iresnet.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawPicturesTest {

    private static byte[] row(Encoding encoding, int width, int height, int y, byte[] bytes)
            throws ImageException {
        ByteBuffer within = ByteBuffer.allocate(bytes.length + 9).put(5, bytes);
        within.position(5).limit(5 + bytes.length);
        EncodedImage image = new EncodedImage(encoding, width, height, within);
        byte[] rgb = new byte[width * 3];
        RawRaster.of(image, DecodeLimits.DEFAULT).readRow(y, 0, width, rgb);
        return rgb;
    }

    /** The right-hand sides are what OpenCV 5.0's COLOR_YUV2RGB_NV12 gives. */
    @ParameterizedTest
    @CsvSource({
        "16, 128, 128, 0, 0, 0",
        "235, 128, 128, 255, 255, 255",
        "81, 90, 240, 254, 0, 0",
        "145, 54, 34, 0, 255, 1",
        "41, 240, 110, 0, 0, 255",
        "0, 0, 0, 0, 154, 0",
        "255, 255, 255, 255, 125, 255",
        "126, 77, 201, 245, 89, 25"
    })
    void readsYuvAsOpenCvDoes(int y, int u, int v, int red, int green, int blue)
            throws ImageException {
        byte[] bytes = {(byte) y, (byte) y, (byte) y, (byte) y, (byte) u, (byte) v};
        byte[] pixel = {(byte) red, (byte) green, (byte) blue};
        assertThat(row(Encoding.NV12, 2, 2, 1, bytes)).startsWith(pixel).endsWith(pixel);
        assertThat(row(Encoding.I420, 2, 2, 1, bytes)).startsWith(pixel).endsWith(pixel);
    }

    @Property(tries = 100)
    void aPictureIsTheSameInBothYuvLayouts(
            @ForAll @IntRange(min = 1, max = 12) int halfWidth,
            @ForAll @IntRange(min = 1, max = 12) int halfHeight,
            @ForAll long seed)
            throws ImageException {
        int luma = halfWidth * halfHeight * 4;
        byte[] planar = new byte[luma * 3 / 2];
        new Random(seed).nextBytes(planar);
        byte[] interleaved = planar.clone();
        for (int i = 0; i < luma / 4; i++) {
            interleaved[luma + 2 * i] = planar[luma + i];
            interleaved[luma + 2 * i + 1] = planar[luma + luma / 4 + i];
        }
        for (int y = 0; y < 2 * halfHeight; y++) {
            int width = 2 * halfWidth;
            assertThat(row(Encoding.NV12, width, 2 * halfHeight, y, interleaved))
                    .isEqualTo(row(Encoding.I420, width, 2 * halfHeight, y, planar));
        }
    }

    @Property(tries = 100)
    void rgbAndBgrAndGrayComeOutAsTheyWentIn(
            @ForAll @IntRange(min = 1, max = 20) int width,
            @ForAll @IntRange(min = 1, max = 20) int height,
            @ForAll long seed)
            throws ImageException {
        byte[] rgb = new byte[width * height * 3];
        new Random(seed).nextBytes(rgb);
        byte[] bgr = new byte[rgb.length];
        byte[] gray = new byte[width * height];
        for (int i = 0; i < rgb.length; i++) {
            bgr[i / 3 * 3 + 2 - i % 3] = rgb[i];
            gray[i / 3] = rgb[i / 3 * 3];
        }
        int y = (int) Long.remainderUnsigned(seed, height);
        byte[] wanted = Arrays.copyOfRange(rgb, y * width * 3, (y + 1) * width * 3);
        assertThat(row(Encoding.RGB, width, height, y, rgb)).isEqualTo(wanted);
        assertThat(row(Encoding.BGR, width, height, y, bgr)).isEqualTo(wanted);
        byte[] grey = row(Encoding.GRAY, width, height, y, gray);
        for (int i = 0; i < grey.length; i++) {
            assertThat(grey[i]).isEqualTo(wanted[i / 3 * 3]);
        }
    }

    @ParameterizedTest
    @CsvSource({"RGB, 3", "BGR, 3", "GRAY, 1"})
    void aDotFillsTheCrop(Encoding encoding, int channels) throws ImageException {
        byte[] bytes = new byte[channels];
        Arrays.fill(bytes, (byte) 77);
        EncodedImage dot = new EncodedImage(encoding, 1, 1, ByteBuffer.wrap(bytes));
        try (Preprocessor preprocessor = Pictures.preprocessor(Preprocessing.IMAGENET)) {
            assertThat(Pictures.crop(preprocessor, Preprocessing.IMAGENET, dot))
                    .containsOnly((byte) 77);
        }
    }
}
