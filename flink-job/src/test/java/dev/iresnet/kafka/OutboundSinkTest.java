package dev.iresnet.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.config.JobConfig;
import dev.iresnet.config.OutputConfig;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutboundSinkTest {

    private static @Nullable Object batchSize(int limit, String... arguments) {
        List<String> required =
                List.of(
                        "--kafka.bootstrap.servers=localhost:9092",
                        "--input.topics=frames",
                        "--output.topic=labels",
                        "--model.path=/models/m/1");
        JobConfig config =
                JobConfig.read(
                        Stream.concat(required.stream(), Stream.of(arguments)).toList(), Map.of());
        return OutboundSink.properties(config, OutputConfig.Compression.LZ4, limit)
                .get(ProducerConfig.BATCH_SIZE_CONFIG);
    }

    @Test
    void aBatchIsNoLargerThanTheTopicTakes() {
        assertThat(batchSize(1 << 20)).isEqualTo("131072");
        assertThat(batchSize(50_000)).isEqualTo("50000");
    }

    @Test
    void whatIsSaidOfTheProducerHolds() {
        assertThat(batchSize(1 << 20, "--sink.kafka.batch.size=16384")).isEqualTo("16384");
    }
}
