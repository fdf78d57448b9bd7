package dev.iresnet.operator.clip;

import dev.iresnet.clip.ClipFrame;
import dev.iresnet.event.Frame;
import dev.iresnet.event.RawRecord;
import dev.iresnet.operator.ImmutableSerializer;
import dev.iresnet.operator.RawRecordSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** What serializers of clips share. Each element begins with a version. */
abstract class ClipElementSerializer<T> extends ImmutableSerializer<T> {
    static final int VERSION = 1;

    private static final RawRecordSerializer RECORDS = new RawRecordSerializer();

    @Override
    public final void serialize(T element, DataOutputView target) throws IOException {
        target.writeByte(VERSION);
        write(element, target);
    }

    @Override
    public final T deserialize(DataInputView source) throws IOException {
        readVersion(VERSION, source);
        return read(source);
    }

    abstract void write(T element, DataOutputView target) throws IOException;

    abstract T read(DataInputView source) throws IOException;

    static void writeIdentity(Frame.Identity frame, DataOutputView target) throws IOException {
        writeText(frame.eventId(), target);
        writeText(frame.cameraId(), target);
        target.writeLong(frame.frameNumber());
        writeInstant(frame.capturedAt(), target);
    }

    static Frame.Identity readIdentity(DataInputView source) throws IOException {
        return new Frame.Identity(
                readText(source), readText(source), source.readLong(), readInstant(source));
    }

    static void writeRecord(RawRecord record, DataOutputView target) throws IOException {
        RECORDS.serialize(record, target);
    }

    static RawRecord readRecord(DataInputView source) throws IOException {
        return RECORDS.deserialize(source);
    }

    static void writeFrame(ClipFrame frame, DataOutputView target) throws IOException {
        target.writeLong(frame.number());
        writeInstant(frame.capturedAt(), target);
        writeBytes(frame.pixels(), target);
    }

    static ClipFrame readFrame(DataInputView source) throws IOException {
        return new ClipFrame(source.readLong(), readInstant(source), readPixels(source));
    }

    static byte[] readPixels(DataInputView source) throws IOException {
        return required(readBytes(source));
    }

    private static byte[] required(byte @Nullable [] bytes) throws IOException {
        if (bytes == null) {
            throw new IOException("an element of a clip has no pixels");
        }
        return bytes;
    }
}
