package dev.iresnet.proving.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.iresnet.proving.feed.ReferenceFormat;
import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.schemas.avro.ImageEncoding;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.ImageReference;
import dev.iresnet.schemas.avro.LabeledResult;
import dev.iresnet.schemas.avro.ModelReference;
import dev.iresnet.schemas.avro.ResultStatus;
import dev.iresnet.schemas.avro.SourcePosition;
import dev.iresnet.schemas.avro.TimeSpent;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of hostile records. Each call makes events with new ids. */
public final class HostileRecords {
    private static final byte[] KEY = "camera-hostile".getBytes(UTF_8);

    private final SingleObjectFormat<ImageEvent> events =
            SingleObjectFormat.ofImageEvents(List.of());
    private final byte[] jpeg;

    /**
     * @param jpeg a good picture, from which bad ones are made
     */
    public HostileRecords(byte[] jpeg) {
        this.jpeg = jpeg.clone();
    }

    /** A row for each way in which a record can be wrong. */
    public List<HostileRecord> all() {
        return List.of(
                row("no value", "EMPTY_VALUE", null),
                row("empty value", "EMPTY_VALUE", new byte[0]),
                row("not Avro", "NOT_AN_EVENT", "{\"eventId\": \"e\"}".getBytes(UTF_8)),
                row("wrong magic", "NOT_AN_EVENT", withMagic(good(), 0xc3, 0x02)),
                row("other schema", "UNKNOWN_SCHEMA", result()),
                row("truncated event", "EVENT_CORRUPT", Arrays.copyOf(good(), 40)),
                row("bytes after the event", "EVENT_CORRUPT", longer(good())),
                row("empty event id", "EVENT_INVALID", event(ImageEncoding.JPEG, jpeg, "")),
                row("unknown encoding", "ENCODING_UNKNOWN", event(ImageEncoding.UNKNOWN, jpeg)),
                row("empty picture", "IMAGE_EMPTY", event(ImageEncoding.JPEG, new byte[0])),
                row("truncated JPEG", "IMAGE_CORRUPT", event(ImageEncoding.JPEG, halfJpeg())),
                row("text named JPEG", "IMAGE_NOT_AN_IMAGE", textual(ImageEncoding.JPEG)),
                row("text named PNG", "IMAGE_NOT_AN_IMAGE", textual(ImageEncoding.PNG)),
                row("PNG bomb", "IMAGE_TOO_LARGE", png(50_000, 50_000)),
                row("JPEG of 64 scans", "IMAGE_TOO_COMPLEX", dear()),
                row("PNG of 0 x 0", "IMAGE_BAD_SIZE", png(0, 0)),
                row("raw of 0 x 0", "IMAGE_BAD_SIZE", raw(0, 0, 12)),
                row("raw of wrong length", "IMAGE_WRONG_LENGTH", raw(10, 10, 299)),
                new HostileRecord("null key", "KEY_MISSING", null, good()));
    }

    /**
     * A row for each way in which a reference can be wrong, for a job that follows references below
     * {@code folder}.
     *
     * @param folder URI of an allowed directory, without a slash at its end
     * @param kept name of a file in it that has the good picture
     */
    public List<HostileRecord> references(String folder, String kept) {
        String good = folder + "/" + kept;
        long size = jpeg.length;
        String sha = ReferenceFormat.sha256(jpeg);
        return List.of(
                reference("parent", "IMAGE_REFERENCE_INVALID", folder + "/../" + kept, size, sha),
                reference(
                        "encoded parent",
                        "IMAGE_REFERENCE_INVALID",
                        folder + "/%2e%2e/x",
                        size,
                        sha),
                reference("no URI", "IMAGE_REFERENCE_INVALID", "kept", size, sha),
                reference("negative size", "IMAGE_REFERENCE_INVALID", good, -1, sha),
                reference("no digest", "IMAGE_REFERENCE_INVALID", good, size, ""),
                reference(
                        "neighbour",
                        "IMAGE_REFERENCE_NOT_ALLOWED",
                        folder + "x/" + kept,
                        size,
                        sha),
                reference(
                        "other store",
                        "IMAGE_REFERENCE_NOT_ALLOWED",
                        "http://127.0.0.1/x",
                        size,
                        sha),
                reference("nothing there", "IMAGE_NOT_FOUND", good + ".none", size, sha),
                reference("below a file", "IMAGE_NOT_FOUND", good + "/x", size, sha),
                reference("a directory", "IMAGE_REFERENCE_INVALID", folder + "/", size, sha),
                reference("longer", "IMAGE_SIZE_MISMATCH", good, size - 1, sha),
                reference("shorter", "IMAGE_SIZE_MISMATCH", good, size + 1, sha),
                reference("another", "IMAGE_DIGEST_MISMATCH", good, size, "00".repeat(32)),
                reference("huge", "IMAGE_TOO_LARGE", good, Long.MAX_VALUE, sha),
                reference("empty", "IMAGE_EMPTY", good, 0, sha));
    }

    /** One for a job that follows no references. */
    public HostileRecord reference() {
        return reference(
                "reference",
                "IMAGE_REFERENCE_UNSUPPORTED",
                "s3://frames/a.jpg",
                1,
                "00".repeat(32));
    }

    private HostileRecord reference(String name, String code, String uri, long size, String sha) {
        ImageEvent event =
                eventOf(ImageEncoding.JPEG, jpeg, newId())
                        .setImage(new ImageReference(uri, size, sha))
                        .build();
        return row("reference: " + name, code, events.encode(event));
    }

    /**
     * An event of exactly this size whose picture is none.
     *
     * @param bytes of the record's value, at least 1,000
     */
    public HostileRecord ofSize(int bytes) {
        byte[] picture = new byte[bytes];
        byte[] value = event(ImageEncoding.JPEG, picture);
        // The length's own encoding shrinks with the picture, so a second step may be needed.
        while (value.length > bytes) {
            picture = new byte[picture.length - (value.length - bytes)];
            value = event(ImageEncoding.JPEG, picture);
        }
        if (value.length < bytes) {
            value = event(ImageEncoding.JPEG, picture, "x".repeat(36 + bytes - value.length));
        }
        return row("bad picture of %d bytes".formatted(bytes), "IMAGE_NOT_AN_IMAGE", value);
    }

    private static HostileRecord row(String name, String code, byte @Nullable [] value) {
        return new HostileRecord(name, code, KEY, value);
    }

    private byte[] good() {
        return event(ImageEncoding.JPEG, jpeg);
    }

    private byte[] halfJpeg() {
        return HostilePictures.firstHalf(jpeg);
    }

    private byte[] textual(ImageEncoding encoding) {
        return event(encoding, HostilePictures.text());
    }

    private byte[] dear() {
        return event(ImageEncoding.JPEG, ProgressiveJpeg.flat(7_072, 7_070, 64));
    }

    private byte[] png(int width, int height) {
        return event(ImageEncoding.PNG, HostilePictures.png(width, height));
    }

    private byte[] raw(int width, int height, int bytes) {
        return events.encode(
                eventOf(ImageEncoding.RGB, new byte[bytes], newId())
                        .setWidth(width)
                        .setHeight(height)
                        .build());
    }

    private byte[] event(ImageEncoding encoding, byte[] picture) {
        return event(encoding, picture, newId());
    }

    private byte[] event(ImageEncoding encoding, byte[] picture, String id) {
        return events.encode(eventOf(encoding, picture, id).build());
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    private static ImageEvent.Builder eventOf(ImageEncoding encoding, byte[] picture, String id) {
        return ImageEvent.newBuilder()
                .setEventId(id)
                .setCameraId(new String(KEY, UTF_8))
                .setCapturedAt(Instant.now())
                .setEncoding(encoding)
                .setImage(ByteBuffer.wrap(picture));
    }

    private static byte[] withMagic(byte[] value, int first, int second) {
        value[0] = (byte) first;
        value[1] = (byte) second;
        return value;
    }

    private static byte[] longer(byte[] value) {
        return Arrays.copyOf(value, value.length + 5);
    }

    private static byte[] result() {
        return SingleObjectFormat.ofLabeledResults()
                .encode(
                        LabeledResult.newBuilder()
                                .setEventId(newId())
                                .setCameraId(new String(KEY, UTF_8))
                                .setCapturedAt(Instant.EPOCH)
                                .setInferredAt(Instant.EPOCH)
                                .setModel(new ModelReference("none", 1L, ""))
                                .setStatus(ResultStatus.LABELED)
                                // Avro builds no default of a class that it was not told to trust
                                .setLabels(List.of())
                                .setDetections(List.of())
                                .setTimings(new TimeSpent(0L, 0L, 0L, 0L, 1))
                                .setSource(new SourcePosition("none", 0, 0L))
                                .build());
    }
}
