package dev.iresnet.benchmark.piece;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StepsTest {
    private static final long SECOND = 1_000_000_000;

    private final Steps steps = new Steps();

    @Test
    void countsAPieceByThePartThatLiesBetween() {
        steps.at(0, 2 * SECOND, 32);
        steps.at(2 * SECOND, 4 * SECOND, 32);
        steps.at(4 * SECOND, 6 * SECOND, 16);

        assertThat(steps.perSecond(2 * SECOND, 6 * SECOND)).isCloseTo(48.0 / 4, within(1e-9));
        assertThat(steps.perSecond(SECOND, 3 * SECOND)).isCloseTo(16, within(1e-9));
        assertThat(steps.perSecond(5 * SECOND, 9 * SECOND)).isCloseTo(8.0 / 4, within(1e-9));
    }

    /** Of two callers the second ends just behind the first, and no piece is won or lost by it. */
    @Test
    void piecesThatEndInPairsGiveTheSameRateWhicheverEndsFirst() {
        for (long i = 0; i < 5; i++) {
            steps.at(2 * i * SECOND, 2 * (i + 1) * SECOND, 32);
            steps.at(2 * i * SECOND + 1, 2 * (i + 1) * SECOND + 1, 32);
        }

        assertThat(steps.perSecond(2 * SECOND, 8 * SECOND)).isCloseTo(32, within(1e-6));
        assertThat(steps.perSecond(2 * SECOND + 1, 8 * SECOND)).isCloseTo(32, within(1e-6));
        assertThat(steps.perSecond(2 * SECOND, 8 * SECOND + 1)).isCloseTo(32, within(1e-6));
    }

    @Test
    void aCallerWorksUntilThereIsARate() throws Exception {
        AtomicInteger times = new AtomicInteger();

        double rate = Steps.rate(new Span(1e-9), 1, 1, times::incrementAndGet);

        assertThat(times.get()).isEqualTo(3);
        assertThat(rate).isPositive();
    }

    @Test
    void tellsNoRateOfNoTime() {
        steps.at(0, SECOND, 1);

        assertThatThrownBy(() -> steps.perSecond(SECOND, SECOND))
                .hasMessageContaining("1 pieces of work");
    }
}
