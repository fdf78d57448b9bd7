package dev.iresnet.proving.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class TopicConverterTest {
    private final BrokerMain.TopicConverter converter = new BrokerMain.TopicConverter();

    @Test
    void readsNamePartitionsAndTheLargestRecord() {
        NewTopic topic = converter.convert("image-events:4:1048576");

        assertThat(topic.name()).isEqualTo("image-events");
        assertThat(topic.numPartitions()).isEqualTo(4);
        assertThat(topic.configs()).containsEntry("max.message.bytes", "1048576");
    }

    @Test
    void leavesTheLargestRecordToTheBrokerWhereNoneIsGiven() {
        assertThat(converter.convert("results:1").configs()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"results", "results:many", "a:1:2:3"})
    void saysWhatATopicLooksLike(String text) {
        assertThatThrownBy(() -> converter.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("NAME:PARTITIONS")
                .hasMessageContaining(text);
    }
}
