package dev.iresnet.kafka;

import dev.iresnet.operator.OutboundRecord;

/** What Kafka needs for a record that is alone in its batch, never less. */
final class RecordSize {
    /** A batch's head (61), and a record's lengths, attributes and deltas. */
    private static final int FRAMING = 128;

    /** Two lengths of at most five bytes each. */
    private static final int HEADER_FRAMING = 10;

    private RecordSize() {}

    static long of(OutboundRecord record) {
        return record.bytes() + FRAMING + (long) HEADER_FRAMING * record.headers().size();
    }
}
