package dev.iresnet.operator;

import dev.iresnet.event.RecordHeader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka record ready to be sent: bytes only, so that a sink has nothing left to decide. It has no
 * timestamp: the producer sets the time of sending. Arrays are shared, not copied: nobody may
 * change them.
 *
 * @param key null for none
 * @param value null for a tombstone
 * @param headers in order, keys may repeat
 */
@SuppressWarnings("ArrayRecordComponent") // bytes in transit, never compared
public record OutboundRecord(
        byte @Nullable [] key, byte @Nullable [] value, List<RecordHeader> headers) {

    /** Bytes of key, value and headers, without Kafka's own framing. */
    public long bytes() {
        long bytes = length(key) + length(value);
        for (RecordHeader header : headers) {
            // UTF-8 takes at most three bytes for a char
            bytes += 3L * header.key().length() + length(header.value());
        }
        return bytes;
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
