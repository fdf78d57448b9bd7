package dev.iresnet.event;

import dev.iresnet.image.EncodedImage;
import dev.iresnet.image.Encoding;
import dev.iresnet.schemas.UnreadableRecordException;
import dev.iresnet.schemas.avro.ImageEncoding;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.ImageReference;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/**
 * Reads {@code input.format: image-event}: the value is an Avro {@link ImageEvent}. The key must be
 * there, for it decides the partition and so the order, but it need not be the camera id: an
 * event's own camera id is what counts from here on.
 */
public final class ImageEventFrameReader implements FrameReader {

    /** How the event is framed; does not copy the picture. Thread-safe. */
    public interface Decoder extends AutoCloseable {
        ImageEvent decode(byte[] value) throws UnreadableRecordException;

        /**
         * As {@link FrameReader#prepare}; fails with an {@link UnreadableRecordException}.
         *
         * @param value not empty
         */
        default CompletableFuture<Void> prepare(byte[] value) {
            return READY;
        }

        /** As {@link FrameReader#lookups}. */
        default SchemaLookups lookups() {
            return SchemaLookups.NONE;
        }

        @Override
        default void close() {}
    }

    private final Decoder decoder;
    private final ReferenceRule references;

    /** A reader of events framed as {@code decoder} expects them, which follows no references. */
    public ImageEventFrameReader(Decoder decoder) {
        this(decoder, ReferenceRule.NONE);
    }

    /** One that follows {@code references}. */
    public ImageEventFrameReader(Decoder decoder, ReferenceRule references) {
        this.decoder = decoder;
        this.references = references;
    }

    @Override
    public CompletableFuture<Void> prepare(RawRecord record) {
        byte[] value = record.value();
        if (value == null || value.length == 0) {
            return READY;
        }
        CompletableFuture<Void> prepared = decoder.prepare(value);
        if (prepared.isDone() && !prepared.isCompletedExceptionally()) {
            return prepared;
        }
        CompletableFuture<Void> answer = new CompletableFuture<>();
        var unused =
                prepared.whenComplete(
                        (done, failure) -> {
                            if (failure == null) {
                                answer.complete(null);
                            } else {
                                answer.completeExceptionally(
                                        failure instanceof UnreadableRecordException unreadable
                                                ? refusal(unreadable)
                                                : failure);
                            }
                        });
        var unusedEnd = answer.whenComplete((done, failure) -> prepared.cancel(false));
        return answer;
    }

    @Override
    public SchemaLookups lookups() {
        return decoder.lookups();
    }

    @Override
    public void close() {
        decoder.close();
    }

    @Override
    public Frame read(RawRecord record) throws FrameException {
        byte[] value = Required.value(record);
        Required.key(record);
        ImageEvent event = decode(value);
        return new Frame(
                Required.id("eventId", event.getEventId()),
                Required.id("cameraId", event.getCameraId()),
                Required.captureTime("capturedAt", event.getCapturedAt()),
                event.getFrameNumber(),
                picture(event, encoding(event.getEncoding())));
    }

    private ImageEvent decode(byte[] value) throws FrameException {
        try {
            return decoder.decode(value);
        } catch (UnreadableRecordException e) {
            throw refusal(e);
        }
    }

    private static FrameException refusal(UnreadableRecordException e) {
        FailureCode code =
                switch (e.kind()) {
                    case NOT_SINGLE_OBJECT -> FailureCode.NOT_AN_EVENT;
                    case UNKNOWN_SCHEMA -> FailureCode.UNKNOWN_SCHEMA;
                    case SCHEMA_UNREACHABLE -> FailureCode.SCHEMA_UNREACHABLE;
                    case CORRUPT -> FailureCode.EVENT_CORRUPT;
                };
        return new FrameException(code, String.valueOf(e.getMessage()), e);
    }

    private static Encoding encoding(ImageEncoding encoding) throws FrameException {
        return switch (encoding) {
            case JPEG -> Encoding.JPEG;
            case PNG -> Encoding.PNG;
            case RGB -> Encoding.RGB;
            case BGR -> Encoding.BGR;
            case GRAY -> Encoding.GRAY;
            case NV12 -> Encoding.NV12;
            case I420 -> Encoding.I420;
            case UNKNOWN ->
                    throw new FrameException(
                            FailureCode.ENCODING_UNKNOWN,
                            "encoding is UNKNOWN: the producer named one that this version does"
                                    + " not know");
        };
    }

    private Picture picture(ImageEvent event, Encoding encoding) throws FrameException {
        Object image = event.getImage();
        if (image instanceof ByteBuffer bytes) {
            return new Picture.Carried(
                    new EncodedImage(encoding, event.getWidth(), event.getHeight(), bytes));
        }
        if (image instanceof ImageReference reference) {
            ImageUri uri = references.check(reference);
            return new Picture.Referred(
                    encoding,
                    event.getWidth(),
                    event.getHeight(),
                    uri,
                    Math.toIntExact(reference.getSize()),
                    reference.getSha256());
        }
        throw new FrameException(
                FailureCode.EVENT_INVALID, "image is null; send the picture's bytes");
    }
}
