package dev.iresnet.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.schemas.avro.ImageEncoding;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.ImageReference;
import dev.iresnet.schemas.avro.LabeledResult;
import dev.iresnet.schemas.avro.ModelReference;
import dev.iresnet.schemas.avro.ResultStatus;
import dev.iresnet.schemas.avro.SourcePosition;
import dev.iresnet.schemas.avro.TimeSpent;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Values of records: events that are right, and some that only look so. */
final class Events {
    static final SingleObjectFormat<ImageEvent> FORMAT =
            SingleObjectFormat.ofImageEvents(List.of());

    /** Magic and fingerprint of the single-object encoding. */
    private static final int FRAME_BYTES = 10;

    private static final Instant CAPTURED_AT = Instant.parse("2025-06-15T12:00:00Z");

    private Events() {}

    static byte[] with(Picture picture) {
        return FORMAT.encode(event(picture).build());
    }

    /** Bits before the picture's bytes, behind the frame. */
    static byte[] withSpoiltHead(Picture picture, SplittableRandom random) {
        byte[] value = with(picture);
        return Spoil.bitsFlipped(value, FRAME_BYTES, startOf(picture.bytes(), value), random);
    }

    /** With another number where the picture's length stands. */
    static byte[] withLengthLie(Picture picture, SplittableRandom random) {
        byte[] value = with(picture);
        int length = picture.bytes().length;
        int start = startOf(picture.bytes(), value);
        long[] lies = {
            0,
            -1,
            length - 1L,
            length + 1L,
            2L * length,
            Integer.MAX_VALUE,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            random.nextLong(),
            random.nextInt(1 << 16)
        };
        return Spoil.joined(
                Arrays.copyOf(value, start - number(length).length),
                number(lies[random.nextInt(lies.length)]),
                Arrays.copyOfRange(value, start, value.length));
    }

    static byte[] withOddFields(Picture picture, SplittableRandom random) {
        ImageEvent.Builder event = event(picture);
        switch (random.nextInt(9)) {
            case 0 -> event.setEventId("");
            case 1 -> event.setEventId("é".repeat(random.nextInt(3_000)));
            case 2 -> event.setCameraId("\u0000".repeat(random.nextInt(3_000)));
            case 3 ->
                    event.setCapturedAt(
                            Instant.EPOCH.plusSeconds(random.nextLong(-9L << 36, 9L << 36)));
            case 4 -> event.setEncoding(ImageEncoding.UNKNOWN);
            case 5 -> event.setImage(null);
            case 6 ->
                    event.setImage(
                            new ImageReference("file:///etc/passwd", random.nextLong(), "0"));
            case 7 -> event.setWidth(random.nextInt()).setHeight(random.nextInt());
            default -> event.setFrameNumber(random.nextLong());
        }
        return FORMAT.encode(event.build());
    }

    /** Of the other schema, in the same frame. */
    static byte[] result() {
        return SingleObjectFormat.ofLabeledResults()
                .encode(
                        LabeledResult.newBuilder()
                                .setEventId("event")
                                .setCameraId("door")
                                .setCapturedAt(CAPTURED_AT)
                                .setInferredAt(CAPTURED_AT)
                                .setModel(new ModelReference("none", 1L, ""))
                                .setStatus(ResultStatus.LABELED)
                                .setTimings(new TimeSpent(0L, 0L, 0L, 0L, 1))
                                .setSource(new SourcePosition("none", 0, 0L))
                                .build());
    }

    static byte[] json() {
        return "{\"eventId\": \"e\", \"cameraId\": \"door\", \"image\": \"/9j/4AAQ\"}"
                .getBytes(UTF_8);
    }

    private static ImageEvent.Builder event(Picture picture) {
        return ImageEvent.newBuilder()
                .setEventId("event")
                .setCameraId("door")
                .setCapturedAt(CAPTURED_AT)
                .setEncoding(picture.encoding())
                .setWidth(picture.width())
                .setHeight(picture.height())
                .setImage(ByteBuffer.wrap(picture.bytes()))
                .setAttributes(Map.of("site", "north"));
    }

    private static int startOf(byte[] part, byte[] whole) {
        for (int start = FRAME_BYTES; start + part.length <= whole.length; start++) {
            if (Arrays.equals(whole, start, start + part.length, part, 0, part.length)) {
                return start;
            }
        }
        throw new IllegalStateException("an event without its picture");
    }

    /** As Avro writes it: zigzag, seven bits a byte, lowest first. */
    private static byte[] number(long value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long left = (value << 1) ^ (value >> 63);
        for (; (left & ~0x7fL) != 0; left >>>= 7) {
            bytes.write((int) ((left & 0x7f) | 0x80));
        }
        bytes.write((int) left);
        return bytes.toByteArray();
    }
}
