package dev.iresnet.proving.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimeoutsTest {
    private static final Instant T0 = Instant.EPOCH;
    private final Timeouts timeouts =
            new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(60), Duration.ofSeconds(600));

    @Test
    void lingersWhenAllIsAnswered() {
        assertThat(isOver(true, true, 1)).isFalse();
        assertThat(isOver(true, true, 2)).isTrue();
    }

    @Test
    void waitsLongerForWhatIsOutstanding() {
        assertThat(isOver(true, false, 59)).isFalse();
        assertThat(isOver(true, false, 60)).isTrue();
    }

    @Test
    void waitsForAFeedThatPauses() {
        assertThat(isOver(false, true, 599)).isFalse();
        assertThat(isOver(false, false, 599)).isFalse();
    }

    @Test
    void endsAtTheDeadlineWhateverHappens() {
        assertThat(timeouts.isOver(false, false, T0, T0.plusSeconds(600), T0.plusSeconds(600)))
                .isTrue();
    }

    private boolean isOver(boolean closed, boolean settled, int quietSeconds) {
        return timeouts.isOver(closed, settled, T0, T0, T0.plusSeconds(quietSeconds));
    }
}
