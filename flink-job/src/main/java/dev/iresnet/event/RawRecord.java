package dev.iresnet.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka record as it arrived, whole. Arrays are shared, not copied: do not change them.
 *
 * @param topic where it was read
 * @param partition where it was read
 * @param offset where it was read
 * @param timestamp milliseconds since the epoch, as the producer or the broker set it
 * @param key null where the producer gave none
 * @param value null for a tombstone
 * @param headers in order, keys may repeat
 */
@SuppressWarnings("ArrayRecordComponent") // bytes in transit, never compared
public record RawRecord(
        String topic,
        int partition,
        long offset,
        long timestamp,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<RecordHeader> headers) {

    /** What a header takes beyond its characters and bytes: four objects. */
    private static final int HEADER_OVERHEAD = 96;

    /** Where a record was read. */
    public record Position(String topic, int partition, long offset) {
        @Override
        public String toString() {
            return topic + "-" + partition + "@" + offset;
        }
    }

    public Position position() {
        return new Position(topic, partition, offset);
    }

    /** The same, with nothing for a value: what names a record and what travels with it. */
    public RawRecord withoutValue() {
        return new RawRecord(topic, partition, offset, timestamp, key, null, headers);
    }

    /**
     * Bytes of memory that grow with what the producer has sent: a record of many small headers
     * takes far more than it had on the wire.
     */
    public long memory() {
        long bytes = length(key) + length(value);
        for (RecordHeader header : headers) {
            bytes += HEADER_OVERHEAD + header.key().length() + length(header.value());
        }
        return bytes;
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
