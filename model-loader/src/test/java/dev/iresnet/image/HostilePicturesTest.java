package dev.iresnet.image;

import static dev.iresnet.image.Encoding.JPEG;
import static dev.iresnet.image.Encoding.PNG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.iresnet.image.ImageException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HostilePicturesTest {
    private static final byte[] NOTHING = {};
    private static final byte[] TEXT =
            "not a picture, whatever its name".getBytes(StandardCharsets.UTF_8);

    private static Preprocessor preprocessor;

    @BeforeAll
    static void open() {
        preprocessor = Pictures.preprocessor(Preprocessing.IMAGENET);
    }

    @AfterAll
    static void close() {
        preprocessor.close();
    }

    static Stream<Arguments> encoded() {
        byte[] jpeg = Pictures.read("tiny.jpg");
        byte[] progressive = Pictures.read("progressive.jpg");
        byte[] png = Pictures.read("palette.png");
        return Stream.of(
                arguments("nothing", JPEG, NOTHING, Reason.EMPTY, "JPEG of no bytes"),
                arguments("nothing", PNG, NOTHING, Reason.EMPTY, "PNG of no bytes"),
                arguments("text", JPEG, TEXT, Reason.NOT_AN_IMAGE, "6E 6F 74"),
                arguments("text", PNG, TEXT, Reason.NOT_AN_IMAGE, "6E 6F 74"),
                arguments("PNG", JPEG, png, Reason.NOT_AN_IMAGE, "89 50 4E"),
                arguments("JPEG", PNG, jpeg, Reason.NOT_AN_IMAGE, "FF D8 FF"),
                arguments("two bytes", JPEG, cut(jpeg, 2), Reason.NOT_AN_IMAGE, "FF D8"),
                arguments("three bytes", JPEG, cut(jpeg, 3), Reason.CORRUPT, "3 bytes"),
                arguments("half", JPEG, cut(jpeg, jpeg.length - 200), Reason.CORRUPT, "breaks off"),
                arguments("header cut", JPEG, cut(jpeg, 450), Reason.CORRUPT, "does not fit"),
                arguments("no end", JPEG, withoutEnd(progressive), Reason.CORRUPT, "end-of"),
                arguments("header only", JPEG, withoutScans(jpeg), Reason.CORRUPT, "first scan"),
                arguments("half", JPEG, cut(progressive, 30_000), Reason.CORRUPT, "breaks off"),
                arguments("65535²", JPEG, sized(jpeg, 65535, 65535), Reason.TOO_LARGE, "x65535"),
                arguments("0 wide", JPEG, sized(jpeg, 0, 17), Reason.BAD_SIZE, "0x17"),
                arguments("0 high", JPEG, sized(jpeg, 31, 0), Reason.BAD_SIZE, "31x0"),
                arguments("lossless", JPEG, framed(jpeg, -1, 0xC3), Reason.UNSUPPORTED, "SOF3"),
                arguments("arithmetic", JPEG, framed(jpeg, -1, 0xC9), Reason.UNSUPPORTED, "SOF9"),
                arguments("12 bits", JPEG, framed(jpeg, 2, 12), Reason.UNSUPPORTED, "12 bits"),
                arguments("2 channels", JPEG, framed(jpeg, 7, 2), Reason.UNSUPPORTED, "2 comp"),
                arguments("65 scans", JPEG, scans(progressive, 65), Reason.TOO_COMPLEX, "64 scans"),
                arguments("half", PNG, cut(png, png.length / 2), Reason.CORRUPT, "breaks off"),
                arguments("no end", PNG, cut(png, png.length - 17), Reason.CORRUPT, "IEND"),
                arguments("bomb", PNG, bomb(50_000, 50_000), Reason.TOO_LARGE, "max-pixels"),
                arguments("2³²-1 wide", PNG, bomb(-1, 1), Reason.TOO_LARGE, "4294967295x1"),
                arguments("0x0", PNG, bomb(0, 0), Reason.BAD_SIZE, "0x0"),
                arguments("no pixels", PNG, withoutPixels(png), Reason.CORRUPT, "IDAT"),
                arguments("few pixels", PNG, fewPixels(png), Reason.CORRUPT, "cannot be decoded"),
                arguments("pixels without end", PNG, endless(), Reason.TOO_LARGE, "unpacks to"),
                arguments("wrong sum", PNG, flipped(png), Reason.CORRUPT, "cannot be decoded"));
    }

    @ParameterizedTest(name = "{0} as {1}")
    @MethodSource("encoded")
    void isRefusedWithItsReason(
            String name, Encoding encoding, byte[] bytes, Reason reason, String words) {
        ImageException e = refusal(EncodedImage.compressed(encoding, ByteBuffer.wrap(bytes)));
        assertThat(e.reason()).as(name).isEqualTo(reason);
        assertThat(e).hasMessageContaining(words);
    }

    static Stream<Arguments> raw() {
        return Stream.of(
                arguments(Encoding.RGB, 4, 4, 0, Reason.EMPTY, "no bytes"),
                arguments(Encoding.RGB, 4, 4, 47, Reason.WRONG_LENGTH, "takes 48 bytes, got 47"),
                arguments(Encoding.BGR, 4, 4, 49, Reason.WRONG_LENGTH, "takes 48 bytes, got 49"),
                arguments(Encoding.GRAY, 4, 4, 48, Reason.WRONG_LENGTH, "takes 16 bytes, got 48"),
                arguments(Encoding.NV12, 4, 4, 48, Reason.WRONG_LENGTH, "takes 24 bytes, got 48"),
                arguments(Encoding.I420, 4, 4, 48, Reason.WRONG_LENGTH, "takes 24 bytes, got 48"),
                arguments(Encoding.NV12, 3, 4, 18, Reason.BAD_SIZE, "must be even"),
                arguments(Encoding.I420, 4, 3, 18, Reason.BAD_SIZE, "must be even"),
                arguments(Encoding.RGB, 0, 4, 1, Reason.BAD_SIZE, "0x4"),
                arguments(Encoding.RGB, -4, -4, 48, Reason.BAD_SIZE, "-4x-4"),
                arguments(Encoding.RGB, 65535, 65535, 48, Reason.TOO_LARGE, "max-pixels"),
                arguments(Encoding.GRAY, 65536, 1, 65536, Reason.TOO_LARGE, "at most 65535"),
                arguments(Encoding.GRAY, 1, 1 << 30, 1 << 24, Reason.TOO_LARGE, "at most 65535"),
                arguments(Encoding.GRAY, 1, 1, (1 << 24) + 1, Reason.TOO_LARGE, "max-bytes"));
    }

    @ParameterizedTest(name = "{0} {1}x{2} of {3} bytes")
    @MethodSource("raw")
    void rawPixelsAreRefusedWithTheirReason(
            Encoding encoding, int width, int height, int length, Reason reason, String words) {
        ImageException e =
                refusal(new EncodedImage(encoding, width, height, ByteBuffer.allocate(length)));
        assertThat(e.reason()).isEqualTo(reason);
        assertThat(e).hasMessageContaining(words);
    }

    @Test
    void whatFollowsTheEndOfAJpegIsIgnored() throws ImageException {
        byte[] jpeg = Pictures.read("tiny.jpg");
        byte[] padded = Arrays.copyOf(jpeg, jpeg.length + 5000);
        Arrays.fill(padded, jpeg.length, padded.length, (byte) 0xFF);
        assertThat(crop(Pictures.image("padded.jpg", padded)))
                .isEqualTo(crop(Pictures.image("tiny.jpg")));
    }

    /** A chunk of text of 8 kB can unpack to 8 MB, and there may be thousands of them. */
    @Test
    void theDecoderSeesNothingOfAPngThatItsPixelsDoNotDependOn() throws ImageException {
        byte[] png = Pictures.read("palette-transparent.png");
        List<PngChunks.Chunk> chunks = new ArrayList<>(PngChunks.split(png));
        byte[] zeros = PngChunks.compressed(1 << 20);
        for (String type : List.of("zTXt", "iTXt", "iCCP", "tEXt", "eXIf", "acTL", "prVt")) {
            chunks.add(1, new PngChunks.Chunk(type, zeros));
        }
        byte[] stuffed = PngChunks.join(chunks.toArray(PngChunks.Chunk[]::new));
        assertThat(
                        PngChunks.split(
                                PngHeader.essential(
                                        ByteBuffer.wrap(stuffed), DecodeLimits.DEFAULT)))
                .extracting(PngChunks.Chunk::type)
                .containsOnly("IHDR", "PLTE", "tRNS", "IDAT", "IEND");
        assertThat(crop(Pictures.image("stuffed.png", stuffed)))
                .isEqualTo(crop(Pictures.image("palette-transparent.png")));
    }

    @Test
    void aCropOfAnotherSizeIsTheCallersFault() {
        assertThatThrownBy(
                        () ->
                                preprocessor.crop(
                                        Pictures.image("tiny.jpg"), ByteBuffer.allocateDirect(9)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a crop takes 150528 bytes, the buffer has 9");
    }

    private static byte[] crop(EncodedImage image) throws ImageException {
        return Pictures.crop(preprocessor, Preprocessing.IMAGENET, image);
    }

    private static ImageException refusal(EncodedImage image) {
        return catchThrowableOfType(ImageException.class, () -> crop(image));
    }

    private static byte[] cut(byte[] file, int length) {
        return Arrays.copyOf(file, length);
    }

    /** With byte {@code offset} after the frame marker's code set; -1 is the code itself. */
    private static byte[] framed(byte[] jpeg, int offset, int value) {
        byte[] changed = jpeg.clone();
        changed[frame(jpeg) + offset] = (byte) value;
        return changed;
    }

    private static byte[] sized(byte[] jpeg, int width, int height) {
        byte[] changed = jpeg.clone();
        ByteBuffer.wrap(changed)
                .putShort(frame(jpeg) + 3, (short) height)
                .putShort(frame(jpeg) + 5, (short) width);
        return changed;
    }

    private static int frame(byte[] jpeg) {
        return marker(jpeg, 0xC0);
    }

    /** Index after the first marker of this code. */
    private static int marker(byte[] jpeg, int code) {
        int at = 0;
        while (jpeg[at] != (byte) 0xFF || jpeg[at + 1] != (byte) code) {
            at++;
        }
        return at + 2;
    }

    private static byte[] withoutScans(byte[] jpeg) {
        int scan = marker(jpeg, 0xDA) - 2;
        return ByteBuffer.allocate(scan + 2).put(jpeg, 0, scan).putShort((short) 0xFFD9).array();
    }

    /** The last scan, again and again. */
    private static byte[] scans(byte[] progressive, int count) {
        int first = marker(progressive, 0xDA) - 2;
        int last = progressive.length - 2;
        while (progressive[last] != (byte) 0xFF || progressive[last + 1] != (byte) 0xDA) {
            last--;
        }
        int length = progressive.length - 2 - last;
        ByteBuffer bomb = ByteBuffer.allocate(first + count * length + 2);
        bomb.put(progressive, 0, first);
        for (int i = 0; i < count; i++) {
            bomb.put(progressive, last, length);
        }
        return bomb.putShort((short) 0xFFD9).array();
    }

    private static byte[] bomb(int width, int height) {
        return PngChunks.join(
                PngChunks.header(width, height),
                new PngChunks.Chunk("IDAT", new byte[40]),
                new PngChunks.Chunk("IEND", NOTHING));
    }

    private static byte[] withoutPixels(byte[] png) {
        return PngChunks.join(
                PngChunks.split(png).stream()
                        .filter(c -> !c.type().equals("IDAT"))
                        .toArray(PngChunks.Chunk[]::new));
    }

    private static byte[] fewPixels(byte[] png) {
        return PngChunks.join(
                PngChunks.split(png).stream()
                        .map(c -> c.type().equals("IDAT") ? c.with(cut(c.data(), 500)) : c)
                        .toArray(PngChunks.Chunk[]::new));
    }

    /** A megabyte behind the last row, in a second pixel chunk. */
    private static byte[] endless() {
        byte[] packed = PngChunks.compressed(1 << 20);
        return PngChunks.join(
                PngChunks.header(2, 2),
                new PngChunks.Chunk("IDAT", cut(packed, 500)),
                new PngChunks.Chunk("IDAT", Arrays.copyOfRange(packed, 500, packed.length)),
                new PngChunks.Chunk("IEND", NOTHING));
    }

    private static byte[] withoutEnd(byte[] jpeg) {
        return cut(jpeg, jpeg.length - 2);
    }

    private static byte[] flipped(byte[] png) {
        byte[] changed = png.clone();
        // the last of what the pixels' own checksum is, before that of their chunk and the end
        changed[changed.length - 17] ^= 1;
        return changed;
    }
}
