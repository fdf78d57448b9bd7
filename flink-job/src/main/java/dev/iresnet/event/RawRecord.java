package dev.iresnet.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka record as it arrived, whole. Arrays are shared, not copied: nobody may change them.
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
        List<RecordHeader> headers) {}
