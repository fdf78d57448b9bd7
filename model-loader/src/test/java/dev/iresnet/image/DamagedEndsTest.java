package dev.iresnet.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A complete picture is read although what is around it is damaged; no other is. */
class DamagedEndsTest {
    private static Preprocessor preprocessor;

    @BeforeAll
    static void open() {
        preprocessor = Pictures.preprocessor(Pictures.STRETCHED);
    }

    @AfterAll
    static void close() {
        preprocessor.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tiny.jpg",
                "restarts.jpg",
                "mjpeg.jpg",
                "grayscale.jpg",
                "yuv422.jpg",
                "cmyk.jpg"
            })
    void aJpegThatLacksItsEndMarkerIsWhole(String name) throws ImageException {
        byte[] file = Pictures.read(name);
        byte[] whole = crop(name, file);
        for (int zeros : List.of(0, 1, 5000)) {
            byte[] open = Arrays.copyOf(file, file.length - 2);
            assertThat(crop(name, Arrays.copyOf(open, open.length + zeros))).isEqualTo(whole);
        }
        assertThat(crop(name, Arrays.copyOf(file, file.length - 1))).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny.jpg", "restarts.jpg", "mjpeg.jpg"})
    void aJpegThatLacksBlocksIsRefused(String name) {
        byte[] file = Pictures.read(name);
        for (int lost = 1; lost < 280; lost += 7) {
            byte[] cut = Arrays.copyOf(file, file.length - 2 - lost);
            assertRefused(name, cut, "before its end-of-image marker");
            assertRefused(
                    name, Arrays.copyOf(cut, cut.length + 5000), "before its end-of-image marker");
        }
    }

    @Test
    void whatACameraLeftInItsBufferIsNotTakenForZeros() {
        byte[] file = Pictures.read("tiny.jpg");
        byte[] stale = Arrays.copyOf(file, file.length + 400);
        System.arraycopy(file, 500, stale, file.length - 2, 402);
        assertRefused("tiny.jpg", stale, "before its end-of-image marker");
    }

    @Test
    void aProgressiveJpegWithoutItsEndMayLackAScan() {
        byte[] file = Pictures.read("progressive.jpg");
        assertRefused(
                "progressive.jpg",
                Arrays.copyOf(file, file.length - 2),
                "before its end-of-image marker");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text", "a\u00FF\u0000b", "\u00FF\u00FF", "\u00FF\u00D3", "\u00FF\u0001"})
    void whatLiesBetweenSegmentsIsPassedOver(String garbage) throws ImageException {
        byte[] file = Pictures.read("tiny.jpg");
        // behind the first segment
        int at = 4 + (ByteBuffer.wrap(file).getShort(4) & 0xFFFF);
        assertThat(crop("tiny.jpg", insert(file, at, garbage))).isEqualTo(crop("tiny.jpg", file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00FF\u00FE\u0000\u0000", "\u00FF\u00E3\u0000\u0001"})
    void aCommentShorterThanItsLengthIsPassedOver(String comment) throws ImageException {
        byte[] file = Pictures.read("tiny.jpg");
        assertThat(crop("tiny.jpg", insert(file, 2, comment))).isEqualTo(crop("tiny.jpg", file));
        assertRefused("tiny.jpg", insert(file, file.length - 2, comment), "does not fit");
    }

    @Test
    void aPngWhosePixelsAreWholeNeedsNoEnd() throws ImageException {
        for (String name : List.of("palette.png", "interlaced.png", "sixteen-bit.png")) {
            byte[] file = Pictures.read(name);
            byte[] whole = crop(name, file);
            for (int lost : List.of(1, 4, 9, 12)) {
                assertThat(crop(name, Arrays.copyOf(file, file.length - lost))).isEqualTo(whole);
            }
        }
    }

    /** zlib's own checksum, the four bytes before, tells whether pixels are right. */
    @Test
    void aWrongChecksumAroundRightPixelsDoesNotMatter() throws ImageException {
        byte[] file = Pictures.read("palette.png");
        byte[] whole = crop("palette.png", file);
        for (int at = 1; at <= 20; at++) {
            byte[] changed = file.clone();
            changed[file.length - at] ^= 1;
            boolean typeOrLengthOfTheEnd = at > 4 && at <= 12;
            if (at > 16) {
                assertRefused("palette.png", changed, "cannot be decoded");
            } else if (!typeOrLengthOfTheEnd) {
                assertThat(crop("palette.png", changed)).isEqualTo(whole);
            }
        }
    }

    @Test
    void cmykTakesMoreMemory() throws ImageException {
        byte[] file = Pictures.read("cmyk.jpg");
        long most = 300 * 280 * 15L / 11 + 1;
        crop(new DecodeLimits(1 << 20, most, 1 << 30), file);
        assertThatThrownBy(() -> crop(new DecodeLimits(1 << 20, most - 2, 1 << 30), file))
                .hasMessageContaining("in CMYK has more than")
                .extracting(e -> ((ImageException) e).reason())
                .isEqualTo(ImageException.Reason.TOO_LARGE);
    }

    private static void crop(DecodeLimits limits, byte[] file) throws ImageException {
        try (Preprocessor limited = new PicturePreprocessor(Pictures.STRETCHED, limits)) {
            Pictures.crop(limited, Pictures.STRETCHED, Pictures.image("cmyk.jpg", file));
        }
    }

    private static byte[] crop(String name, byte[] file) throws ImageException {
        return Pictures.crop(preprocessor, Pictures.STRETCHED, Pictures.image(name, file));
    }

    private static void assertRefused(String name, byte[] file, String words) {
        assertThatThrownBy(() -> crop(name, file))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining(words);
    }

    /** The text's characters as bytes. */
    private static byte[] insert(byte[] file, int at, String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(file, 0, at);
        text.chars().forEach(out::write);
        out.write(file, at, file.length - at);
        return out.toByteArray();
    }
}
