package dev.iresnet.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.event.RawRecord;
import dev.iresnet.event.RecordHeader;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class KafkaRecordsTest {

    @Test
    void aRecordIsReadWhole() {
        ConsumerRecord<byte[], byte[]> arrived =
                new ConsumerRecord<>("image-events", 3, 42, new byte[] {1}, new byte[] {2});
        arrived.headers().add("a", "1".getBytes(UTF_8)).add("a", null);
        List<RawRecord> read = new ArrayList<>();
        new RawRecordSchema().deserialize(arrived, new ListCollector<>(read));
        assertThat(read)
                .singleElement()
                .usingRecursiveComparison()
                .isEqualTo(
                        new RawRecord(
                                "image-events",
                                3,
                                42,
                                arrived.timestamp(),
                                new byte[] {1},
                                new byte[] {2},
                                List.of(
                                        new RecordHeader("a", "1".getBytes(UTF_8)),
                                        new RecordHeader("a", null))));
    }

    @Test
    void theProducerSetsTimeAndPartition() {
        OutboundRecord record =
                new OutboundRecord(
                        new byte[] {1}, new byte[] {2}, List.of(new RecordHeader("h", null)));
        ProducerRecord<byte[], byte[]> sent = record.to("labels");
        assertThat(sent.topic()).isEqualTo("labels");
        assertThat(sent.timestamp()).isNull();
        assertThat(sent.partition()).isNull();
        assertThat(sent.key()).isSameAs(record.key());
        assertThat(sent.value()).isSameAs(record.value());
        assertThat(sent.headers()).hasSize(1);
    }
}
