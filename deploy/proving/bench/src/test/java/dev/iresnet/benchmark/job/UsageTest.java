package dev.iresnet.benchmark.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageTest {

    @ParameterizedTest
    @CsvSource({
        "Source Data Fetcher for Source: frames -> tagging (1/1)#0, CONSUMER",
        "kafka-producer-network-thread | producer-x, PRODUCER",
        "'Source: frames -> tagging -> (results: Writer, dead-letters: Writer) (1/1)#0', FRAMES",
        "iresnet-decoder-1, FRAMES",
        "flink-pekko.actor.default-dispatcher-4, REST"
    })
    void knowsWhoAllocatesByTheThreadsName(String thread, Usage.Kind kind) {
        assertThat(Usage.Kind.of(thread)).isEqualTo(kind);
    }
}
