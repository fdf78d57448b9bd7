package dev.iresnet.event;

import dev.iresnet.image.EncodedImage;
import dev.iresnet.image.Encoding;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Reads {@code input.format: image}: the value is a JPEG or PNG file, the key the camera id, the
 * record's timestamp the capture time. The event id is {@code <topic>-<partition>-<offset>}: it
 * names the record for as long as the topic lives.
 */
public final class PictureFrameReader implements FrameReader {
    /** Bytes that an error quotes: as many as tell one kind of file from another. */
    private static final int HEAD = 8;

    private final KeyFormat keys;

    /** A reader of keys in UTF-8. */
    public PictureFrameReader() {
        this(KeyFormat.TEXT);
    }

    public PictureFrameReader(KeyFormat keys) {
        this.keys = keys;
    }

    @Override
    public Frame read(RawRecord record) throws FrameException {
        byte[] value = Required.value(record);
        String cameraId = Required.id("the key (camera id)", keys.camera(Required.key(record)));
        Instant capturedAt =
                Required.captureTime(
                        "the record's timestamp", Instant.ofEpochMilli(record.timestamp()));
        String eventId = record.topic() + "-" + record.partition() + "-" + record.offset();
        return new Frame(eventId, cameraId, capturedAt, -1, picture(value));
    }

    private static Picture picture(byte[] value) throws FrameException {
        ByteBuffer bytes = ByteBuffer.wrap(value);
        Encoding encoding = Encoding.recognise(bytes).orElse(null);
        if (encoding == null) {
            throw neitherJpegNorPng(value);
        }
        return new Picture.Carried(EncodedImage.compressed(encoding, bytes));
    }

    private static FrameException neitherJpegNorPng(byte[] value) {
        byte[] head = Arrays.copyOf(value, Math.min(value.length, HEAD));
        String advice = Encoding.advice(ByteBuffer.wrap(value));
        return new FrameException(
                FailureCode.IMAGE_NOT_AN_IMAGE,
                "the value begins with "
                        + HexFormat.ofDelimiter(" ").formatHex(head)
                        + ", neither as JPEG nor as PNG"
                        + (advice.isEmpty()
                                ? "; events of schema ImageEvent are read with input.format:"
                                        + " image-event"
                                : advice));
    }
}
