package dev.iresnet.inference;

import dev.iresnet.decoding.fetch.Stored;
import dev.iresnet.event.FailureCode;
import dev.iresnet.event.ImageUri;
import dev.iresnet.event.RawRecord;
import dev.iresnet.event.Records;
import dev.iresnet.event.ReferenceRule;
import dev.iresnet.proving.hostile.ProgressiveJpeg;
import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.schemas.avro.ImageEncoding;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.ImageReference;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** Records that a stranger may send, each with the code of its failure, and a good one. */
final class HostileRecords {
    static final SingleObjectFormat<ImageEvent> FORMAT =
            SingleObjectFormat.ofImageEvents(List.of());
    static final byte[] TEXT = "a text file named .jpg".getBytes(StandardCharsets.UTF_8);
    static final byte[] JPEG = picture("jpg");
    static final byte[] PNG = picture("png");

    /** Key of the record that meets a reader without a rule for references. */
    static final String STRICT = "strict";

    static final String UNREACHABLE = "schema";

    static final ReferenceRule RULE =
            new ReferenceRule(List.of(ImageUri.ofDirectory("s3://ok")), 16 << 20);

    /** Raw pixels that tell the fakes below to play up. */
    static final byte NOT_FINITE = 77;

    static final byte BUG = 99;

    record Hostile(String name, RawRecord record, FailureCode code) {}

    static List<Hostile> hostile() {
        byte[] good = FORMAT.encode(event(ImageEncoding.JPEG, JPEG).build());
        byte[] otherSchema = good.clone();
        otherSchema[3] ^= 1;
        byte[] wrongMagic = good.clone();
        wrongMagic[0] = 0;
        return List.of(
                raw("no value", "k", null, FailureCode.EMPTY_VALUE),
                raw("empty value", "k", new byte[0], FailureCode.EMPTY_VALUE),
                raw("not Avro", "k", TEXT, FailureCode.NOT_AN_EVENT),
                raw("a bare JPEG", "k", JPEG, FailureCode.NOT_AN_EVENT),
                raw("wrong magic", "k", wrongMagic, FailureCode.NOT_AN_EVENT),
                raw("other schema", "k", otherSchema, FailureCode.UNKNOWN_SCHEMA),
                raw("schema not to be had", UNREACHABLE, good, FailureCode.SCHEMA_UNREACHABLE),
                raw("cut event", "k", cut(good, 40), FailureCode.EVENT_CORRUPT),
                raw("no key", null, good, FailureCode.KEY_MISSING),
                of("no camera", jpeg(JPEG).setCameraId(""), FailureCode.EVENT_INVALID),
                of("no picture", jpeg(JPEG).setImage(null), FailureCode.EVENT_INVALID),
                raw(
                        "reference, none is followed",
                        STRICT,
                        FORMAT.encode(jpeg(JPEG).setImage(reference()).build()),
                        FailureCode.IMAGE_REFERENCE_UNSUPPORTED),
                of("no URI", referring("s3://ok/../a", JPEG), FailureCode.IMAGE_REFERENCE_INVALID),
                of(
                        "elsewhere",
                        referring("s3://evil/a", JPEG),
                        FailureCode.IMAGE_REFERENCE_NOT_ALLOWED),
                of("not there", referring("s3://ok/none", JPEG), FailureCode.IMAGE_NOT_FOUND),
                of("not ours", referring("s3://ok/denied", JPEG), FailureCode.IMAGE_ACCESS_DENIED),
                of(
                        "longer",
                        referring("s3://ok/jpeg", cut(JPEG, 9)),
                        FailureCode.IMAGE_SIZE_MISMATCH),
                of(
                        "exchanged",
                        referring("s3://ok/jpeg", flipped(JPEG)),
                        FailureCode.IMAGE_DIGEST_MISMATCH),
                of("never", referring("s3://ok/broken", JPEG), FailureCode.IMAGE_UNREACHABLE),
                of(
                        "text in the store",
                        referring("s3://ok/text", TEXT),
                        FailureCode.IMAGE_NOT_AN_IMAGE),
                of(
                        "new encoding",
                        event(ImageEncoding.UNKNOWN, JPEG),
                        FailureCode.ENCODING_UNKNOWN),
                of("no bytes", jpeg(new byte[0]), FailureCode.IMAGE_EMPTY),
                of("text as JPEG", jpeg(TEXT), FailureCode.IMAGE_NOT_AN_IMAGE),
                of("PNG as JPEG", jpeg(PNG), FailureCode.IMAGE_NOT_AN_IMAGE),
                of("cut JPEG", jpeg(cut(JPEG, JPEG.length / 2)), FailureCode.IMAGE_CORRUPT),
                of(
                        "largest JPEG",
                        jpeg(Arrays.copyOf(cut(JPEG, JPEG.length - 20), 16 << 20)),
                        FailureCode.IMAGE_CORRUPT),
                of(
                        "too many bytes",
                        jpeg(Arrays.copyOf(JPEG, (16 << 20) + 1)),
                        FailureCode.IMAGE_TOO_LARGE),
                of(
                        "64 scans of 50 megapixels",
                        jpeg(ProgressiveJpeg.flat(7_072, 7_070, 64)),
                        FailureCode.IMAGE_TOO_COMPLEX),
                of("arithmetic JPEG", jpeg(arithmetic()), FailureCode.IMAGE_UNSUPPORTED),
                of(
                        "cut PNG",
                        event(ImageEncoding.PNG, cut(PNG, PNG.length - 20)),
                        FailureCode.IMAGE_CORRUPT),
                of(
                        "PNG bomb",
                        event(ImageEncoding.PNG, sized(PNG, 50_000)),
                        FailureCode.IMAGE_TOO_LARGE),
                of("PNG 0x0", event(ImageEncoding.PNG, sized(PNG, 0)), FailureCode.IMAGE_BAD_SIZE),
                of("raw 0x0", event(ImageEncoding.RGB, new byte[12]), FailureCode.IMAGE_BAD_SIZE),
                of("raw too short", rgb(new byte[11]), FailureCode.IMAGE_WRONG_LENGTH),
                of(
                        "stale",
                        jpeg(JPEG)
                                .setCapturedAt(
                                        Rig.NOW.minus(HostileRecordsTest.MAX_AGE).minusMillis(1)),
                        FailureCode.STALE),
                of("bug", rgb(filled(BUG)), FailureCode.INTERNAL_ERROR),
                of("not finite", rgb(filled(NOT_FINITE)), FailureCode.RESULT_NOT_FINITE));
    }

    static Hostile raw(
            String name, @Nullable String key, byte @Nullable [] value, FailureCode code) {
        return new Hostile(name, Records.of(key, value, 0), code);
    }

    static Hostile of(String name, ImageEvent.Builder event, FailureCode code) {
        return new Hostile(name, record(event), code);
    }

    static RawRecord record(ImageEvent.Builder event) {
        return Records.of("door", FORMAT.encode(event.build()), 0);
    }

    static ImageEvent.Builder jpeg(byte[] bytes) {
        return event(ImageEncoding.JPEG, bytes);
    }

    static ImageEvent.Builder rgb(byte[] bytes) {
        return event(ImageEncoding.RGB, bytes).setWidth(2).setHeight(2);
    }

    static ImageEvent.Builder event(ImageEncoding encoding, byte[] bytes) {
        return ImageEvent.newBuilder()
                .setEventId("e-1")
                .setCameraId("door")
                .setCapturedAt(Instant.parse("2025-06-15T12:00:00Z"))
                .setEncoding(encoding)
                .setImage(ByteBuffer.wrap(bytes))
                .setAttributes(Map.of());
    }

    static ImageEvent.Builder referring(String uri, byte[] promised) {
        return jpeg(JPEG)
                .setImage(new ImageReference(uri, (long) promised.length, Stored.sha(promised)));
    }

    static byte[] flipped(byte[] file) {
        byte[] other = file.clone();
        other[other.length / 2] ^= 1;
        return other;
    }

    static ImageReference reference() {
        return new ImageReference("https://example.com/" + "a".repeat(5_000), 10L, "00".repeat(32));
    }

    static byte[] filled(byte value) {
        byte[] pixels = new byte[12];
        Arrays.fill(pixels, value);
        return pixels;
    }

    static byte[] cut(byte[] file, int length) {
        return Arrays.copyOf(file, length);
    }

    static byte[] picture(String kind) {
        BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        image.setRGB(7, 7, 0xff8800);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, kind, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }

    /** With the frame marker of arithmetic coding. */
    static byte[] arithmetic() {
        byte[] file = JPEG.clone();
        int at = 2;
        while (file[at + 1] != (byte) 0xC0) {
            at += 2 + ByteBuffer.wrap(file).getShort(at + 2);
        }
        file[at + 1] = (byte) 0xC9;
        return file;
    }

    /** With other sides in its header, and the checksum that fits them. */
    static byte[] sized(byte[] png, int side) {
        ByteBuffer file = ByteBuffer.wrap(png.clone()).putInt(16, side).putInt(20, side);
        CRC32 sum = new CRC32();
        sum.update(file.array(), 12, 17);
        return file.putInt(29, (int) sum.getValue()).array();
    }

    private HostileRecords() {}
}
