package dev.iresnet.chaos.swaps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuccessionTest {
    /** Version 1 serves; 2 takes its place between seconds 10 and 12; 1 is pinned at 20 to 22. */
    private final Succession succession =
            new Succession(
                    1,
                    List.of(
                            change(Change.Kind.SWAP, 2, 10),
                            change(Change.Kind.REFUSAL, 3, 15),
                            change(Change.Kind.ROLLBACK, 1, 20)));

    @Test
    void aVersionBeginsWhereTheOneBeforeHasEnded() {
        see(1, 9, 10.5, 11);
        see(2, 11.1, 11.5, 13, 20.5);
        see(1, 20.9, 23);

        succession.judge();
        assertThat(succession.late()).isZero();
        assertThat(succession.mixedBatches()).isZero();
    }

    @Test
    void aBatchOfTheVersionBeforeIsLateOnceTheNextHasBegun() {
        see(2, 11);
        see(1, 11.2, 11.3);

        succession.judge();
        assertThat(succession.late()).isEqualTo(2);
        assertThat(succession.mostLate()).isEqualTo(2);
    }

    @Test
    void theVersionThatWasRolledBackIsLateOnceTheChangeIsOver() {
        see(2, 22.5);

        succession.judge();
        assertThat(succession.late()).isEqualTo(1);
    }

    @Test
    void aVersionMayNotComeBeforeItIsThere() {
        see(2, 9.5);
        see(3, 16);

        succession.judge();
        assertThat(succession.late()).isEqualTo(2);
        assertThat(succession.mostLate()).isEqualTo(1);
    }

    @Test
    void aBatchOfTwoVersionsIsFound() {
        see(1, 11);
        see(2, 11);

        assertThat(succession.mixedBatches()).isEqualTo(1);
    }

    private void see(long version, double... seconds) {
        for (double at : seconds) {
            succession.see(Results.at(at, version));
        }
    }

    private static Change change(Change.Kind kind, long version, double began) {
        return new Change(kind, version, Results.second(began), Results.second(began + 2));
    }
}
