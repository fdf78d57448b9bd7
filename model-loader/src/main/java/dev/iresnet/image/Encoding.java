package dev.iresnet.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** How the bytes of a picture are laid out. */
public enum Encoding {
    /** Baseline or progressive JPEG; size is read from the file. */
    JPEG,
    /** PNG of any colour type; size is read from the file, alpha is dropped. */
    PNG,
    /** Raw, 3 bytes a pixel, rows without padding. */
    RGB,
    /** Raw, 3 bytes a pixel, rows without padding. */
    BGR,
    /** Raw, 1 byte a pixel, rows without padding. */
    GRAY,
    /** Raw YUV 4:2:0, a plane of Y, then one of interleaved U and V; even sides. */
    NV12,
    /** Raw YUV 4:2:0, planes of Y, U and V; even sides. */
    I420;

    /** Formats that are not read by how their files begin, each byte as a character. */
    private static final Map<String, Pattern> OTHERS =
            Map.of(
                    "WebP", start("RIFF....WEBP"),
                    "AVIF", start("....ftypavi[fs]"),
                    "HEIC", start("....ftyp(hei[cxms]|hev[cxms]|mif1|msf1)"),
                    "GIF", start("GIF8[79]a"),
                    // "BM" alone begins many a text: the length of the second header, too
                    "BMP", start("BM.{12}[\\x0C\\x28\\x34\\x38\\x40\\x6C\\x7C]\\x00{3}"),
                    "TIFF", start("II[*+]\\x00|MM\\x00[*+]"),
                    "JPEG 2000", start("\\x00{3}\\x0CjP  \\r\\n\\x87\\n|\\xFF\\x4F\\xFF\\x51"),
                    "JPEG XL", start("\\x00{3}\\x0CJXL \\r\\n\\x87\\n|\\xFF\\x0A"));

    private static final byte[] JPEG_START = HexFormat.of().parseHex("ffd8ff");
    private static final byte[] PNG_START = HexFormat.of().parseHex("89504e470d0a1a0a");

    private static Pattern start(String expression) {
        return Pattern.compile(expression, Pattern.DOTALL);
    }

    /** The encoding that these bytes, from position to limit, begin as; empty if none is known. */
    public static Optional<Encoding> recognise(ByteBuffer bytes) {
        if (startsWith(bytes, JPEG_START)) {
            return Optional.of(JPEG);
        }
        return startsWith(bytes, PNG_START) ? Optional.of(PNG) : Optional.empty();
    }

    /**
     * The encoding that these bytes, from position to limit, begin as.
     *
     * @throws ImageException that names the format that they have, if that is known
     */
    public static Encoding require(ByteBuffer bytes) throws ImageException {
        return recognise(bytes)
                .orElseThrow(
                        () ->
                                new ImageException(
                                        ImageException.Reason.NOT_AN_IMAGE,
                                        "neither a JPEG nor a PNG" + advice(bytes)));
    }

    /**
     * What bytes, from position to limit, are that are not what was asked for, and what to do about
     * it: to be put behind a message, empty if it is not known.
     */
    public static String advice(ByteBuffer bytes) {
        Optional<Encoding> read = recognise(bytes);
        if (read.isPresent()) {
            return "; it begins as a " + read.get();
        }
        // ISO 8859-1 keeps each byte
        String start = StandardCharsets.ISO_8859_1.decode(first(bytes, 32)).toString();
        return OTHERS.entrySet().stream()
                .filter(format -> format.getValue().matcher(start).lookingAt())
                .findFirst()
                .map(
                        format ->
                                "; it is %s, which is not read: convert it to JPEG or PNG"
                                        .formatted(format.getKey()))
                .orElse("");
    }

    private static ByteBuffer first(ByteBuffer bytes, int count) {
        return bytes.slice(bytes.position(), Math.min(count, bytes.remaining()));
    }

    private static boolean startsWith(ByteBuffer bytes, byte[] start) {
        return first(bytes, start.length).equals(ByteBuffer.wrap(start));
    }

    /** The first {@code count} bytes, or as many as there are, as text for messages. */
    static String start(ByteBuffer bytes, int count) {
        byte[] first = new byte[Math.min(count, bytes.remaining())];
        first(bytes, count).get(first);
        return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(first);
    }

    /** Whether width and height must be known from elsewhere than the bytes. */
    public boolean isRaw() {
        return this != JPEG && this != PNG;
    }
}
