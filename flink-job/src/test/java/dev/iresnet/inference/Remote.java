package dev.iresnet.inference;

import dev.iresnet.decoding.fetch.Stored;
import dev.iresnet.event.FailureCode;
import dev.iresnet.event.Frame;
import dev.iresnet.event.FrameException;
import dev.iresnet.event.FrameReader;
import dev.iresnet.event.Picture;
import dev.iresnet.event.RawRecord;
import java.nio.ByteBuffer;

/** Pictures of {@link Pictures} that are kept in a store: one for each camera but "door". */
final class Remote {
    private Remote() {}

    /** Takes the pictures of "door" as they are, and all others for what a store has. */
    static final FrameReader READER =
            new FrameReader() {
                @Override
                public Frame read(RawRecord record) throws FrameException {
                    Frame frame = Pictures.READER.read(record);
                    if (frame.cameraId().equals("door")) {
                        return frame;
                    }
                    return new Frame(
                            frame.eventId(),
                            frame.cameraId(),
                            frame.capturedAt(),
                            frame.frameNumber(),
                            referred(frame.cameraId(), record));
                }
            };

    /** As the event of this camera would say. */
    static Picture.Referred referred(String camera, RawRecord record) throws FrameException {
        byte[] value = record.value();
        if (value == null
                || !(Pictures.READER.read(record).picture() instanceof Picture.Carried c)) {
            throw new FrameException(FailureCode.EMPTY_VALUE, "no value");
        }
        return new Picture.Referred(
                c.image().encoding(),
                0,
                0,
                Stored.uri(camera, record.offset()),
                value.length,
                Stored.sha(value));
    }

    static ByteBuffer bytes(RawRecord record) {
        byte[] value = record.value();
        if (value == null) {
            throw new AssertionError("no value");
        }
        return ByteBuffer.wrap(value);
    }
}
