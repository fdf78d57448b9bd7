package dev.iresnet.kafka;

import dev.iresnet.event.RecordHeader;
import dev.iresnet.operator.OutboundRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Passes bytes to a topic. The producer chooses the partition, by key, and sets the time. */
final class OutboundRecordSchema implements KafkaRecordSerializationSchema<OutboundRecord> {
    private static final long serialVersionUID = 1L;

    private final String topic;

    OutboundRecordSchema(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            OutboundRecord record, KafkaSinkContext context, @Nullable Long timestamp) {
        List<Header> headers = new ArrayList<>(record.headers().size());
        for (RecordHeader header : record.headers()) {
            headers.add(
                    new org.apache.kafka.common.header.internals.RecordHeader(
                            header.key(), header.value()));
        }
        return new ProducerRecord<>(
                topic, null, null, record.key(), record.value(), new RecordHeaders(headers));
    }
}
