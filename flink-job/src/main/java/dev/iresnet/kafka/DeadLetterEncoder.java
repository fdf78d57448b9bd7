package dev.iresnet.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.iresnet.event.FailureCode;
import dev.iresnet.event.RawRecord;
import dev.iresnet.event.RecordHeader;
import dev.iresnet.result.FrameFailure;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter: the original key, value and headers, and headers that say why and where from. The
 * original's timestamp becomes a header: as the record's own it would count for the topic's
 * retention, and a broker may refuse it.
 */
final class DeadLetterEncoder implements KafkaRecordSerializationSchema<FrameFailure> {
    private static final long serialVersionUID = 1L;

    /** All that is added to a record, at most: the message, two long names, and the rest. */
    static final int MOST_ADDED = 12 << 10;

    /** The stage behind the reading of records. */
    private static final String TRANSFORMATION = "TRANSFORMATION";

    /** Length of a value that is not here. */
    private static final int UNKNOWN = -1;

    private final String topic;
    private final String groupId;
    private final int limit;

    /**
     * Makes one.
     *
     * @param topic of dead letters
     * @param groupId names the job
     * @param limit bytes of a record at most
     */
    DeadLetterEncoder(String topic, String groupId, int limit) {
        this.topic = topic;
        this.groupId = groupId;
        this.limit = limit;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            FrameFailure failure, KafkaSinkContext context, @Nullable Long timestamp) {
        return encode(failure).to(topic);
    }

    OutboundRecord encode(FrameFailure failed) {
        RawRecord record = failed.record();
        List<RecordHeader> why = new ArrayList<>(why(failed));
        if (record.value() == null && stage(failed.code()).equals(TRANSFORMATION)) {
            // of a clip, whose last frame's picture nobody has any more
            why.add(number(HeaderNames.VALUE_OMITTED, UNKNOWN));
        }
        OutboundRecord whole =
                new OutboundRecord(record.key(), record.value(), joined(record.headers(), why));
        return whole.size() <= limit ? whole : cut(record, why);
    }

    /**
     * A record can be larger than its topic's limit says: that counts compressed bytes. Better a
     * dead letter that says what it lacks than a job that restarts for ever.
     */
    private OutboundRecord cut(RawRecord record, List<RecordHeader> why) {
        List<RecordHeader> lacking = new ArrayList<>(why);
        lacking.add(number(HeaderNames.VALUE_OMITTED, OutboundRecord.length(record.value())));
        OutboundRecord valueless =
                new OutboundRecord(record.key(), null, joined(record.headers(), lacking));
        if (valueless.size() <= limit) {
            return valueless;
        }
        lacking.add(number(HeaderNames.HEADERS_OMITTED, record.headers().size()));
        OutboundRecord bare = new OutboundRecord(record.key(), null, List.copyOf(lacking));
        return bare.size() <= limit ? bare : new OutboundRecord(null, null, List.copyOf(lacking));
    }

    private List<RecordHeader> why(FrameFailure failed) {
        RawRecord record = failed.record();
        FailureCode code = failed.code();
        return List.of(
                text(HeaderNames.TOPIC, record.topic()),
                number(HeaderNames.PARTITION, record.partition()),
                number(HeaderNames.OFFSET, record.offset()),
                text(HeaderNames.CONNECTOR, groupId),
                text(HeaderNames.STAGE, stage(code)),
                text(HeaderNames.EXCEPTION_CLASS, FailureCode.class.getName() + "." + code),
                text(HeaderNames.EXCEPTION_MESSAGE, failed.message()),
                text(HeaderNames.CODE, code.name()),
                number(HeaderNames.TIMESTAMP, record.timestamp()));
    }

    private static String stage(FailureCode code) {
        return switch (code) {
            case RESULT_NOT_FINITE, STALE, INTERNAL_ERROR -> TRANSFORMATION;
            default -> "VALUE_CONVERTER";
        };
    }

    private static List<RecordHeader> joined(List<RecordHeader> first, List<RecordHeader> second) {
        List<RecordHeader> all = new ArrayList<>(first.size() + second.size());
        all.addAll(first);
        all.addAll(second);
        return List.copyOf(all);
    }

    private static RecordHeader text(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }

    private static RecordHeader number(String name, long value) {
        return text(name, Long.toString(value));
    }
}
