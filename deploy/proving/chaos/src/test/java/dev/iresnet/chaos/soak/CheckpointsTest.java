package dev.iresnet.chaos.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.chaos.growth.Gauge;
import dev.iresnet.chaos.growth.Reading;
import dev.iresnet.chaos.harness.FlinkJob.Checkpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckpointsTest {
    private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");

    private final Checkpoints checkpoints = new Checkpoints();

    @Test
    void eachIsToldOnceAtItsBeginning() {
        assertThat(checkpoints.news(List.of(checkpoint(1), checkpoint(2)))).hasSize(2);
        assertThat(checkpoints.news(List.of(checkpoint(1), checkpoint(2)))).isEmpty();
        assertThat(checkpoints.news(List.of(checkpoint(2), checkpoint(4))))
                .containsExactly(
                        new Reading(
                                BEGAN.plusSeconds(4),
                                Map.of(Gauge.STATE, 4.0, Gauge.CHECKPOINT, 1.5)));
    }

    private static Checkpoint checkpoint(int id) {
        return new Checkpoint(id, BEGAN.plusSeconds(id), id << 20, Duration.ofMillis(1500));
    }
}
