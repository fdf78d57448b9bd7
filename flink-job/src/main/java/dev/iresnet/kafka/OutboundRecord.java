package dev.iresnet.kafka;

import dev.iresnet.event.RecordHeader;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka record ready to be sent. It has no timestamp: the producer sets the time of sending.
 * Arrays are shared, not copied: do not change them.
 *
 * @param key null for none
 * @param value null for a tombstone
 * @param headers in order, keys may repeat
 */
@SuppressWarnings("ArrayRecordComponent") // bytes in transit, never compared
record OutboundRecord(byte @Nullable [] key, byte @Nullable [] value, List<RecordHeader> headers) {
    /** A batch's head (61), and a record's lengths, attributes and deltas. */
    private static final int FRAMING = 128;

    /** Two lengths of at most five bytes each. */
    private static final int HEADER_FRAMING = 10;

    /** What Kafka needs for the record if it is alone in its batch, never less. */
    long size() {
        long bytes = FRAMING + length(key) + length(value);
        for (RecordHeader header : headers) {
            // UTF-8 takes at most three bytes for a char
            bytes += HEADER_FRAMING + 3L * header.key().length() + length(header.value());
        }
        return bytes;
    }

    /** For a topic. The producer chooses the partition, by key. */
    ProducerRecord<byte[], byte[]> to(String topic) {
        List<Header> copied = new ArrayList<>(headers.size());
        for (RecordHeader header : headers) {
            copied.add(
                    new org.apache.kafka.common.header.internals.RecordHeader(
                            header.key(), header.value()));
        }
        return new ProducerRecord<>(topic, null, null, key, value, new RecordHeaders(copied));
    }

    static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
