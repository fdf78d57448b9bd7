package dev.iresnet.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.iresnet.image.Preprocessing.Resize;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CropGeometryTest {

    /**
     * In the picture red is the column and green the row, so each pixel of a crop tells its place.
     */
    @ParameterizedTest
    @CsvSource({
        "STRETCH, 250, 130, 50, 40",
        "STRETCH, 20, 250, 50, 40",
        "SHORTER_SIDE_THEN_CROP, 250, 130, 50, 40",
        "SHORTER_SIDE_THEN_CROP, 131, 255, 50, 40",
        "SHORTER_SIDE_THEN_CROP, 33, 40, 50, 60",
        "SHORTER_SIDE_THEN_CROP, 100, 100, 100, 100"
    })
    void tellsWhereEachPixelLay(Resize resize, int width, int height, int cropWidth, int cropHeight)
            throws ImageException {
        Preprocessing rule = rule(resize, cropWidth, cropHeight);
        ByteBuffer pixels = ByteBuffer.allocate(width * height * 3);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                pixels.put((byte) x).put((byte) y).put((byte) 0);
            }
        }
        ByteBuffer crop = ByteBuffer.allocateDirect(rule.cropBytes());
        CropGeometry geometry;
        try (Preprocessor preprocessor = Pictures.preprocessor(rule)) {
            geometry =
                    preprocessor.crop(
                            new EncodedImage(Encoding.RGB, width, height, pixels.flip()), crop);
        }

        assertThat(geometry.pictureWidth()).isEqualTo(width);
        assertThat(geometry.pictureHeight()).isEqualTo(height);
        // at a picture's edges a filter sees one side only
        for (int y = 5; y < cropHeight - 5; y++) {
            for (int x = 5; x < cropWidth - 5; x++) {
                int at = (y * cropWidth + x) * 3;
                assertThat(crop.get(at) & 0xFF)
                        .isCloseTo((int) Math.round(geometry.pictureX(x + 0.5) - 0.5), within(1));
                assertThat(crop.get(at + 1) & 0xFF)
                        .isCloseTo((int) Math.round(geometry.pictureY(y + 0.5) - 0.5), within(1));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"STRETCH", "SHORTER_SIDE_THEN_CROP"})
    void isTheSameHoweverMuchOfThePictureIsDecoded(Resize resize) throws ImageException {
        Preprocessing rule = rule(resize, 50, 40);
        ByteBuffer crop = ByteBuffer.allocateDirect(rule.cropBytes());
        EncodedImage camera = Pictures.image("camera-720p.jpg");
        try (Preprocessor exact = Pictures.preprocessor(rule);
                Preprocessor scaled =
                        new PicturePreprocessor(rule, DecodeLimits.DEFAULT, JpegDecoding.SCALED)) {
            assertThat(exact.crop(camera, crop)).isEqualTo(scaled.crop(camera, crop));
        }
        double side = 720.0 / 60;
        assertThat(CropPlan.of(rule, Reduction.most(rule, 1280, 720)).geometry())
                .isEqualTo(
                        resize == Resize.STRETCH
                                ? new CropGeometry(1280, 720, 1280 / 50.0, 720 / 40.0, 0, 0)
                                : new CropGeometry(
                                        1280,
                                        720,
                                        1280.0 / 106,
                                        side,
                                        1280.0 / 106 * 28,
                                        10 * side));
    }

    @Test
    void staysInThePicture() {
        CropGeometry geometry = new CropGeometry(100, 50, 2, 4, 10, 20);

        assertThat(geometry.pictureX(3)).isEqualTo(16);
        assertThat(geometry.pictureY(3)).isEqualTo(32);
        assertThat(geometry.pictureX(-6)).isZero();
        assertThat(geometry.pictureY(99)).isEqualTo(50);
    }

    @Test
    void refusesWhatNoCropCanBe() {
        assertThatThrownBy(() -> new CropGeometry(0, 5, 1, 1, 0, 0)).hasMessageContaining("0x5");
        assertThatThrownBy(() -> new CropGeometry(5, 5, 1, 0, 0, 0)).hasMessageContaining("0.0");
        assertThatThrownBy(() -> new CropGeometry(5, 5, 1, 1, Double.NaN, 0))
                .hasMessageContaining("NaN");
    }

    private static Preprocessing rule(Resize resize, int width, int height) {
        return new Preprocessing(
                width,
                height,
                resize,
                height == width ? width : 60,
                Preprocessing.IMAGENET.mean(),
                Preprocessing.IMAGENET.std());
    }
}
