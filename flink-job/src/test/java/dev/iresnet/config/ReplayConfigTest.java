package dev.iresnet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplayConfigTest {
    private static final String BROKER = "--kafka.bootstrap.servers=broker:9092";

    @Test
    void inputTopicsAreRequiredSinceNothingIsSentElsewhere() {
        assertThatThrownBy(
                        () ->
                                ReplayConfig.read(
                                        List.of(BROKER, "--dead-letter.topic=dlq"), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("input.topics is required")
                .hasMessageContaining("to no others");
    }

    @Test
    void severalInputTopicsNeedANameForTheDeadLetters() {
        assertThatThrownBy(() -> ReplayConfig.read(List.of(BROKER, "--input.topics=a,b"), Map.of()))
                .hasMessageContaining("dead-letter.topic is required");
        assertThat(
                        ReplayConfig.read(
                                        List.of(
                                                BROKER,
                                                "--input.topics=a,b",
                                                "--dead-letter.topic=dlq"),
                                        Map.of())
                                .inputTopics())
                .containsExactly("a", "b");
    }
}
