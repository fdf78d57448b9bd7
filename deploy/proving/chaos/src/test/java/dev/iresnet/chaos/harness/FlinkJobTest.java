package dev.iresnet.chaos.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FlinkJobTest {

    @Test
    void checkpointsThatAreCompleteAreFoundInTheirOrder() throws Exception {
        String answer =
                """
                {"counts": {"completed": 2, "failed": 1}, "history": [
                  {"id": 4, "status": "IN_PROGRESS", "trigger_timestamp": 4000,
                   "state_size": 7, "end_to_end_duration": 3},
                  {"id": 3, "status": "COMPLETED", "trigger_timestamp": 3000,
                   "state_size": 5000000000, "checkpointed_size": 9, "end_to_end_duration": 1250},
                  {"id": 2, "status": "FAILED", "trigger_timestamp": 2000,
                   "state_size": 0, "end_to_end_duration": 10000},
                  {"id": 1, "status": "COMPLETED", "trigger_timestamp": 1000,
                   "state_size": 20, "checkpointed_size": 20, "end_to_end_duration": 30}]}
                """;
        assertThat(FlinkJob.completed(new ObjectMapper().readTree(answer)))
                .containsExactly(
                        new FlinkJob.Checkpoint(
                                1, Instant.ofEpochSecond(1), 20, Duration.ofMillis(30)),
                        new FlinkJob.Checkpoint(
                                3,
                                Instant.ofEpochSecond(3),
                                5_000_000_000L,
                                Duration.ofMillis(1250)));
    }
}
