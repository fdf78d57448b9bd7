package dev.iresnet.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.iresnet.image.ImageException.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files of markers alone: pixels are not what work depends on. */
class JpegWorkTest {
    private static final long FIXED = DecodeLimits.FIXED;
    private static final int[] FULL = {0x11, 0x11, 0x11};
    private static final int[] HALVED = {0x22, 0x11, 0x11};

    /** 50 megapixels, in whole blocks. */
    private static final int WIDTH = 7_072;

    private static final int HEIGHT = 7_064;
    private static final long PIXELS = (long) WIDTH * HEIGHT;

    @Test
    void aScanOfAllComponentsTakesTheirSamplesInWholeUnits() throws ImageException {
        assertThat(work(16, 16, FULL, 0, scan(1, 2, 3))).isEqualTo(768 + 768);
        assertThat(work(16, 16, HALVED, 0, scan(1, 2, 3))).isEqualTo(768 + 384);
        assertThat(work(17, 1, HALVED, 0, scan(1, 2, 3))).isEqualTo(51 + 768);
    }

    @Test
    void aScanOfOneComponentTakesItsOwnBlocks() throws ImageException {
        assertThat(work(17, 1, HALVED, 0, scan(1))).isEqualTo(51 + 3 * 64);
        assertThat(work(17, 1, HALVED, 0, scan(2))).isEqualTo(51 + 2 * 64);
        assertThat(work(16, 16, HALVED, 0, scan(1), scan(2), scan(2))).isEqualTo(768 + 384);
    }

    @Test
    void aScanThatMakesNoSenseCountsAsOneOfAllComponents() throws ImageException {
        for (int[] scan : List.of(scan(9), scan(), new int[] {3, 1}, new int[] {-1})) {
            assertThat(work(16, 16, FULL, 0, scan)).isEqualTo(768 + 768);
        }
    }

    @Test
    void ofComponentsWithOneIdTheLargestCounts() throws ImageException {
        byte[] file = file(32, 32, new int[] {0x11, 0x44, 0x11}, 0, scan(1));
        file[8 + 11 + 2] = 1; // the second component's id
        assertThat(check(file, DecodeLimits.DEFAULT) - FIXED - 16L * file.length)
                .isEqualTo(3 * 1024 + 1024);
    }

    @Test
    void eachRestartIntervalTakesWork() throws ImageException {
        assertThat(work(16, 16, FULL, 1, scan(1, 2, 3))).isEqualTo(768 + 768 + 4 * 64);
        assertThat(work(16, 16, FULL, 2, scan(1, 2, 3))).isEqualTo(768 + 768 + 2 * 64);
        assertThat(work(16, 16, FULL, 2, scan(1), scan(2))).isEqualTo(768 + 512 + 4 * 64);
    }

    @Test
    void twelveScansOverTheLargestPictureAndTheLargestFileAreAllowedByDefault() {
        byte[] file = file(WIDTH, HEIGHT, FULL, 0, repeated(12, scan(1, 2, 3)));
        byte[] largest = new byte[DecodeLimits.DEFAULT.maxBytes()];
        System.arraycopy(file, 0, largest, 0, file.length - 2);
        largest[largest.length - 2] = (byte) 0xFF;
        largest[largest.length - 1] = (byte) 0xD9;
        assertThatCode(() -> check(largest, DecodeLimits.DEFAULT)).doesNotThrowAnyException();
    }

    @Test
    void sixtyFourScansOverTheLargestPictureAreTooMuch() {
        ImageException refused =
                refusal(file(WIDTH, HEIGHT, FULL, 0, repeated(64, scan(1))), DecodeLimits.DEFAULT);
        assertThat(refused.reason()).isEqualTo(Reason.TOO_COMPLEX);
        assertThat(refused)
                .hasMessage(
                        "JPEG of 7072x7064 pixels in 64 scans asks for %d of decoding work, more than image.max-work = 2400000000"
                                .formatted(FIXED + 67 * PIXELS + 16 * bytes(64, scan(1))));
    }

    @Test
    void asManyScansOverASmallPictureAreNot() {
        byte[] file = file(1_920, 1_080, FULL, 0, repeated(64, scan(1, 2, 3)));
        assertThatCode(() -> check(file, DecodeLimits.DEFAULT)).doesNotThrowAnyException();
    }

    @Test
    void theLimitItselfIsAllowed() throws ImageException {
        byte[] file = file(16, 16, FULL, 0, scan(1, 2, 3));
        long work = check(file, DecodeLimits.DEFAULT);
        assertThat(check(file, new DecodeLimits(9_999, 256, work))).isEqualTo(work);
        assertThat(refusal(file, new DecodeLimits(9_999, 256, work - 1)).reason())
                .isEqualTo(Reason.TOO_COMPLEX);
    }

    @Test
    void pngAndRawPicturesHaveTheSameLimit() throws ImageException {
        ByteBuffer png = ByteBuffer.wrap(Pictures.read("interlaced.png"));
        long work = PngHeader.work(png, DecodeLimits.DEFAULT);
        DecodeLimits less = new DecodeLimits(1 << 20, 1_000_000, work - 1);
        assertThat(
                        catchThrowableOfType(ImageException.class, () -> PngHeader.work(png, less))
                                .reason())
                .isEqualTo(Reason.TOO_COMPLEX);
        EncodedImage raw = new EncodedImage(Encoding.GRAY, 9, 9, ByteBuffer.allocate(81));
        assertThat(RawRaster.of(raw, new DecodeLimits(99, 99, FIXED + 81)).work())
                .isEqualTo(FIXED + 81);
        assertThat(
                        catchThrowableOfType(
                                        ImageException.class,
                                        () ->
                                                RawRaster.of(
                                                        raw, new DecodeLimits(99, 99, FIXED + 80)))
                                .reason())
                .isEqualTo(Reason.TOO_COMPLEX);
    }

    @Test
    void anInterlacedPngTakesMoreThanTheSamePlain() {
        long plain = new PngPixels(100, 100, 8, 2, false).work(1_000);
        assertThat(new PngPixels(100, 100, 8, 2, true).work(1_000)).isGreaterThan(plain);
        assertThat(new PngPixels(100, 100, 16, 2, false).work(1_000)).isGreaterThan(plain);
        assertThat(new PngPixels(100, 100, 8, 2, false).work(1_001)).isEqualTo(plain + 24);
    }

    /** Without what every picture takes and what its bytes take. */
    private static long work(int width, int height, int[] sampling, int restarts, int[]... scans)
            throws ImageException {
        byte[] file = file(width, height, sampling, restarts, scans);
        return check(file, DecodeLimits.DEFAULT) - FIXED - 16L * file.length;
    }

    private static long check(byte[] file, DecodeLimits limits) throws ImageException {
        return JpegHeader.check(ByteBuffer.wrap(file), limits).work();
    }

    private static ImageException refusal(byte[] file, DecodeLimits limits) {
        return catchThrowableOfType(ImageException.class, () -> check(file, limits));
    }

    private static int[] scan(int... components) {
        return IntStream.concat(IntStream.of(components.length), IntStream.of(components))
                .toArray();
    }

    private static int[][] repeated(int count, int[] scan) {
        return Stream.generate(() -> scan).limit(count).toArray(int[][]::new);
    }

    private static long bytes(int count, int[] scan) {
        return file(WIDTH, HEIGHT, FULL, 0, repeated(count, scan)).length;
    }

    /**
     * A file without pixels.
     *
     * @param scans number of components, then their ids
     */
    private static byte[] file(
            int width, int height, int[] sampling, int restarts, int[]... scans) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        put(file, 0xFF, 0xD8, 0xFF, 0xDD, 0, 4, restarts >> 8, restarts);
        put(file, 0xFF, 0xC2, 0, 8 + 3 * sampling.length, 8);
        put(file, height >> 8, height, width >> 8, width, sampling.length);
        for (int i = 0; i < sampling.length; i++) {
            put(file, i + 1, sampling[i], 0);
        }
        for (int[] scan : scans) {
            put(file, 0xFF, 0xDA, 0, 6 + 2 * (scan.length - 1), scan[0]);
            for (int i = 1; i < scan.length; i++) {
                put(file, scan[i], 0);
            }
            put(file, 0, 0, 0);
        }
        put(file, 0xFF, 0xD9);
        return file.toByteArray();
    }

    private static void put(ByteArrayOutputStream file, int... bytes) {
        for (int one : bytes) {
            file.write(one);
        }
    }
}
