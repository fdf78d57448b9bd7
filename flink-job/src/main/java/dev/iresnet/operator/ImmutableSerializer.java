package dev.iresnet.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.iresnet.event.RecordHeader;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Serializer of an immutable record. A copy is the same instance, so a frame passes chained
 * operators without being copied, whether object reuse is on or off.
 */
public abstract class ImmutableSerializer<T> extends TypeSerializer<T> {
    private static final int ABSENT = -1;

    @Override
    public final boolean isImmutableType() {
        return true;
    }

    @Override
    public final TypeSerializer<T> duplicate() {
        return this;
    }

    @Override
    public final T copy(T from) {
        return from;
    }

    @Override
    public final T copy(T from, T reuse) {
        return from;
    }

    @Override
    public final T deserialize(T reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public final void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public final int getLength() {
        return -1;
    }

    @Override
    @SuppressWarnings("EqualsGetClass") // equal means: the same serializer, whichever subclass
    public final boolean equals(@Nullable Object other) {
        return other != null && other.getClass() == getClass();
    }

    @Override
    public final int hashCode() {
        return getClass().hashCode();
    }

    /**
     * Refuses a form that this release does not know: its bytes would be misread.
     *
     * @param newest version that it writes
     * @return 1 to {@code newest}
     */
    protected static int readVersion(int newest, DataInputView source) throws IOException {
        int version = source.readUnsignedByte();
        if (version < 1 || version > newest) {
            throw new IOException(
                    "an element of version %d, and this release reads versions 1 to %d only"
                            .formatted(version, newest));
        }
        return version;
    }

    /** A length, then UTF-8: {@code writeUTF} ends at 64 kB. */
    protected static void writeText(String text, DataOutputView target) throws IOException {
        writeBytes(text.getBytes(UTF_8), target);
    }

    protected static String readText(DataInputView source) throws IOException {
        byte[] bytes = new byte[source.readInt()];
        source.readFully(bytes);
        return new String(bytes, UTF_8);
    }

    protected static void writeInstant(Instant instant, DataOutputView target) throws IOException {
        target.writeLong(instant.getEpochSecond());
        target.writeInt(instant.getNano());
    }

    protected static Instant readInstant(DataInputView source) throws IOException {
        return Instant.ofEpochSecond(source.readLong(), source.readInt());
    }

    /** A length, then the bytes; length -1 for null. */
    protected static void writeBytes(byte @Nullable [] bytes, DataOutputView target)
            throws IOException {
        if (bytes == null) {
            target.writeInt(ABSENT);
        } else {
            target.writeInt(bytes.length);
            target.write(bytes);
        }
    }

    protected static byte @Nullable [] readBytes(DataInputView source) throws IOException {
        int length = source.readInt();
        if (length == ABSENT) {
            return null;
        }
        byte[] bytes = new byte[length];
        source.readFully(bytes);
        return bytes;
    }

    /** A count, then key and value of each. */
    static void writeHeaders(List<RecordHeader> headers, DataOutputView target) throws IOException {
        target.writeInt(headers.size());
        for (RecordHeader header : headers) {
            writeText(header.key(), target);
            writeBytes(header.value(), target);
        }
    }

    static List<RecordHeader> readHeaders(DataInputView source) throws IOException {
        int count = source.readInt();
        List<RecordHeader> headers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            headers.add(new RecordHeader(readText(source), readBytes(source)));
        }
        return List.copyOf(headers);
    }
}
