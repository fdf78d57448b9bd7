package dev.iresnet.chaos.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.chaos.harness.FlinkConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StallBoundTest {
    private final StallBound bound =
            new StallBound(
                    new FlinkConfig.Times(
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(6),
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(1)));

    @Test
    void aLostTaskManagerIsNoticedByItsHeartbeat() {
        assertThat(of(FaultKind.KILL_TASK_MANAGER, 2)).isEqualTo(Duration.ofSeconds(5 + 1 + 20));
    }

    @Test
    void aLostJobManagerKeepsItsSession() {
        assertThat(of(FaultKind.KILL_JOB_MANAGER, 2)).isEqualTo(Duration.ofSeconds(6 + 1 + 20));
    }

    @Test
    void whatNothingCanBeDoneAboutCountsInFull() {
        assertThat(of(FaultKind.STOP_BROKER, 8)).isEqualTo(Duration.ofSeconds(8 + 1 + 20));
        assertThat(of(FaultKind.STOP_TASK_MANAGER, 8)).isEqualTo(Duration.ofSeconds(8 + 1 + 20));
        assertThat(of(FaultKind.STORAGE_FAILS, 4)).isEqualTo(Duration.ofSeconds(4 + 1 + 20));
    }

    @Test
    void aBrokerIsAwayUntilItTakesConnectionsAgain() {
        assertThat(of(FaultKind.KILL_BROKER, 2, 9)).isEqualTo(Duration.ofSeconds(9 + 1 + 20));
        assertThat(of(FaultKind.KILL_TASK_MANAGER, 2, 9)).isEqualTo(Duration.ofSeconds(5 + 1 + 20));
    }

    @Test
    void whatIsSeenAtOnceHasNoDetection() {
        assertThat(of(FaultKind.DEVICE_SLOW, 8)).isEqualTo(Duration.ofSeconds(1 + 20));
    }

    @Test
    void aDeviceThatFailsTakesThreeMoreEnginesWithIt() {
        assertThat(of(FaultKind.DEVICE_FAILS, 0)).isEqualTo(Duration.ofSeconds(3 * 1 + 1 + 20));
    }

    private Duration of(FaultKind kind, int seconds) {
        return of(kind, seconds, 0);
    }

    private Duration of(FaultKind kind, int seconds, int away) {
        return bound.of(
                new Draw(kind, Duration.ZERO, Duration.ofSeconds(seconds), 0),
                Duration.ofSeconds(away));
    }
}
