package dev.iresnet.kafka;

import dev.iresnet.event.RawRecord;
import dev.iresnet.event.RecordHeader;
import dev.iresnet.operator.ElementTypes;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Keeps a record whole. Nothing is decoded here, so nothing can fail here: a record that makes no
 * sense goes on as bytes and becomes a dead letter.
 */
final class RawRecordSchema implements KafkaRecordDeserializationSchema<RawRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawRecord> out) {
        out.collect(
                new RawRecord(
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        record.timestamp(),
                        record.key(),
                        record.value(),
                        headers(record.headers())));
    }

    @Override
    public TypeInformation<RawRecord> getProducedType() {
        return ElementTypes.RAW_RECORD;
    }

    private static List<RecordHeader> headers(Headers headers) {
        List<RecordHeader> copied = new ArrayList<>();
        for (Header header : headers) {
            copied.add(new RecordHeader(header.key(), header.value()));
        }
        return List.copyOf(copied);
    }
}
