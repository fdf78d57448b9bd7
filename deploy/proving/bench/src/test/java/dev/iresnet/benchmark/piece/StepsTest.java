package dev.iresnet.benchmark.piece;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StepsTest {
    private static final long SECOND = 1_000_000_000;

    /** The piece that starts the clock was worked on before it. */
    @Test
    void countsWorkFromTheEndOfOnePieceToTheEndOfTheLast() {
        Steps steps = new Steps();
        steps.at(5 * SECOND, 32);
        steps.at(6 * SECOND, 32);
        steps.at(7 * SECOND, 16);

        assertThat(steps.perSecond(0)).isCloseTo(48.0 / 2, within(1e-9));
        assertThat(steps.perSecond(1)).isCloseTo(16, within(1e-9));
    }

    @Test
    void tellsNoRateOfTooFewPieces() {
        Steps steps = new Steps();
        steps.at(0, 1);
        steps.at(SECOND, 1);

        assertThatThrownBy(() -> steps.perSecond(1)).hasMessageContaining("2 pieces of work");
    }
}
