package dev.iresnet.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.event.FailureCode;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
    private static final Header TRACE = new RecordHeader("traceparent", new byte[] {1});

    private final ConsumerRecord<byte[], byte[]> record =
            new ConsumerRecord<>("frames.dlq", 0, 5, new byte[] {7}, new byte[] {8, 9});

    @Test
    void isTheRecordThatItWas() {
        record.headers().add(TRACE);
        addWhy("frames", "IMAGE_NOT_FOUND");

        DeadLetter letter = DeadLetter.of(record).orElseThrow();
        assertThat(letter.code()).isEqualTo(FailureCode.IMAGE_NOT_FOUND);
        assertThat(letter.origin()).isEqualTo(new TopicPartition("frames", 3));
        assertThat(letter.offset()).isEqualTo(42);
        assertThat(letter.whole()).isTrue();
        ProducerRecord<byte[], byte[]> original = letter.original();
        assertThat(original.topic()).isEqualTo("frames");
        assertThat(original.partition()).isEqualTo(3);
        assertThat(original.timestamp()).isEqualTo(1234);
        assertThat(original.key()).isEqualTo(record.key());
        assertThat(original.value()).isEqualTo(record.value());
        assertThat(original.headers()).containsExactly(TRACE);
    }

    @Test
    void keepsTheHeadersOfAnEarlierDeadLetter() {
        addWhy("somewhere", "EVENT_CORRUPT");
        Header[] earlier = record.headers().toArray();
        addWhy("frames", "IMAGE_NOT_FOUND");

        DeadLetter letter = DeadLetter.of(record).orElseThrow();
        assertThat(letter.origin().topic()).isEqualTo("frames");
        assertThat(letter.original().headers()).containsExactly(earlier);
    }

    @Test
    void knowsThatItIsNotWhole() {
        addWhy("frames", "IMAGE_TOO_LARGE");
        add("iresnet.value.omitted", "2000000");

        assertThat(DeadLetter.of(record).orElseThrow().whole()).isFalse();
    }

    @Test
    void aRecordOfSomebodyElsesIsNone() {
        assertThat(DeadLetter.of(record)).isEmpty();
        addWhy("frames", "A_CODE_OF_TOMORROW");
        assertThat(DeadLetter.of(record)).isEmpty();
    }

    @Test
    void headersThatNoJobWritesAreSomebodyElses() {
        addWhy("frames", "IMAGE_NOT_FOUND");
        record.headers().remove("__connect.errors.offset");
        add("__connect.errors.offset", "-1");
        assertThat(DeadLetter.of(record)).isEmpty();
        record.headers().remove("__connect.errors.offset");
        record.headers().add("__connect.errors.offset", null);
        assertThat(DeadLetter.of(record)).isEmpty();
    }

    private void addWhy(String topic, String code) {
        add("__connect.errors.topic", topic);
        add("__connect.errors.partition", "3");
        add("__connect.errors.offset", "42");
        add("iresnet.error.code", code);
        add("iresnet.error.timestamp", "1234");
    }

    private void add(String name, String value) {
        record.headers().add(name, value.getBytes(UTF_8));
    }
}
