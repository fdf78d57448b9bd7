package dev.iresnet.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.config.ReplayConfig;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ClientsTest {

    @Test
    void theBufferHoldsTheLargestRequest() {
        Properties sender =
                new Clients(
                                ReplayConfig.read(
                                        List.of(
                                                "--kafka.bootstrap.servers=broker:9092",
                                                "--input.topics=frames"),
                                        Map.of()))
                        .sender();
        assertThat(Long.parseLong(sender.getProperty("buffer.memory", "33554432")))
                .isGreaterThanOrEqualTo(Long.parseLong(sender.getProperty("max.request.size")));
    }
}
