package dev.iresnet.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class DestinationsTest {
    private final Destinations destinations = new Destinations(Map.of("gates", 2, "frames", 4));

    @Test
    void areTheJobsInputTopics() {
        assertThat(destinations.refusal(new TopicPartition("frames", 3))).isEmpty();
        assertThat(destinations.refusal(new TopicPartition("payments", 0)))
                .isEqualTo(
                        "the header __connect.errors.topic names 'payments', which is none of"
                                + " input.topics: frames, gates");
    }

    /** A producer would wait for it in vain. */
    @Test
    void haveThePartitionsThatKafkaSays() {
        assertThat(destinations.refusal(new TopicPartition("frames", 4)))
                .isEqualTo(
                        "the header __connect.errors.partition names partition 4, and 'frames' has"
                                + " 4");
    }

    @Test
    void whatAStrangerWroteIsShownSafely() {
        assertThat(destinations.refusal(new TopicPartition("\u001b[2J" + "x".repeat(5000), 0)))
                .contains("names '?[2Jxxx")
                .hasSizeLessThan(400);
    }

    @Test
    void aFloodOfRefusalsIsToldInTenLines() {
        ReplayCounters counters = new ReplayCounters();
        for (int i = 0; i < 1000; i++) {
            counters.refused("reason " + i);
        }
        assertThat(counters.text("frames.dlq", false).lines())
                .hasSize(1 + ReplayCounters.MOST_REFUSALS + 1);
    }
}
