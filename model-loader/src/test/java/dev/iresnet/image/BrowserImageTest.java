package dev.iresnet.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

final class BrowserImageTest {

    @Test
    void keepsFilesThatBrowsersKnow() throws ImageException {
        byte[] jpeg = Pictures.read("tiny.jpg");
        byte[] png = Pictures.read("palette.png");

        BrowserImage ofJpeg = browserImage(Pictures.image("tiny.jpg", jpeg));
        BrowserImage ofPng = browserImage(Pictures.image("palette.png", png));

        assertThat(ofJpeg.mediaType()).isEqualTo("image/jpeg");
        assertThat(ofJpeg.bytes()).isEqualTo(jpeg);
        assertThat(ofPng.mediaType()).isEqualTo("image/png");
        assertThat(ofPng.bytes()).startsWith(0x89, 'P', 'N', 'G');
    }

    /** Three pixels a row: rows of nine bytes, which BMP pads to twelve. */
    @Test
    void makesAFileOfRawPixels() throws ImageException, IOException {
        byte[] pixels = new byte[3 * 2 * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (11 * i);
        }

        BufferedImage rgb = decoded(raw(Encoding.RGB, 3, 2, pixels));
        BufferedImage bgr = decoded(raw(Encoding.BGR, 3, 2, pixels));

        assertThat(rgb.getWidth()).isEqualTo(3);
        assertThat(rgb.getHeight()).isEqualTo(2);
        for (int i = 0; i < 6; i++) {
            int first = pixels[3 * i] & 0xFF;
            int second = pixels[3 * i + 1] & 0xFF;
            int third = pixels[3 * i + 2] & 0xFF;
            assertThat(rgb.getRGB(i % 3, i / 3) & 0xFFFFFF)
                    .isEqualTo(first << 16 | second << 8 | third);
            assertThat(bgr.getRGB(i % 3, i / 3) & 0xFFFFFF)
                    .isEqualTo(third << 16 | second << 8 | first);
        }
    }

    @Test
    void leavesPixelsOutOfLargeRawPictures() throws ImageException, IOException {
        int width = 2 * BrowserImage.MAX_RAW_SIDE + 1;
        byte[] pixels = new byte[width * 4];
        for (int x = 0; x < width; x++) {
            pixels[x] = (byte) x;
        }

        BufferedImage image = decoded(raw(Encoding.GRAY, width, 4, pixels));

        assertThat(image.getWidth()).isEqualTo(427);
        assertThat(image.getHeight()).isEqualTo(2);
        assertThat(image.getRGB(7, 0) & 0xFF).isEqualTo(21);
    }

    @Test
    void refusesWhatIsTooLargeOrBroken() {
        byte[] jpeg = Pictures.read("tiny.jpg");

        assertThat(reason(Pictures.image("tiny.jpg", jpeg), new DecodeLimits(jpeg.length - 1, 99)))
                .isEqualTo(ImageException.Reason.TOO_LARGE);
        assertThat(reason(Pictures.image("tiny.jpg", jpeg), new DecodeLimits(jpeg.length, 1)))
                .isEqualTo(ImageException.Reason.TOO_LARGE);
        assertThat(reason(raw(Encoding.RGB, 40_000, 40_000, jpeg), DecodeLimits.DEFAULT))
                .isEqualTo(ImageException.Reason.TOO_LARGE);
        assertThat(reason(raw(Encoding.JPEG, 0, 0, new byte[9]), DecodeLimits.DEFAULT))
                .isEqualTo(ImageException.Reason.NOT_AN_IMAGE);
    }

    private static EncodedImage raw(Encoding encoding, int width, int height, byte[] bytes) {
        return new EncodedImage(encoding, width, height, ByteBuffer.wrap(bytes));
    }

    private static BrowserImage browserImage(EncodedImage image) throws ImageException {
        return BrowserImage.of(image, DecodeLimits.DEFAULT);
    }

    private static BufferedImage decoded(EncodedImage image) throws ImageException, IOException {
        BrowserImage file = browserImage(image);
        assertThat(file.mediaType()).isEqualTo("image/bmp");
        return ImageIO.read(new ByteArrayInputStream(file.bytes()));
    }

    private static ImageException.Reason reason(EncodedImage image, DecodeLimits limits) {
        return catchThrowableOfType(ImageException.class, () -> BrowserImage.of(image, limits))
                .reason();
    }
}
