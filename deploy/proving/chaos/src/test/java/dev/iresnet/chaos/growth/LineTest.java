package dev.iresnet.chaos.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineTest {
    private static final double[] X = {1, 2, 3, 4, 5, 6};

    /** Slope and standard error are NumPy's; 2.776 is Student's for 4 degrees of freedom. */
    @Test
    void isTheLeastSquaresLineWithItsInterval() {
        Line line = Line.through(X, new double[] {2.1, 3.9, 6.2, 7.8, 10.1, 12.2});

        assertThat(line.slope()).isCloseTo(2.02, within(1e-9));
        assertThat(line.reach()).isCloseTo(2.776 * 0.0427618, within(1e-4));
    }

    @Test
    void isCertainOfPointsThatLieOnIt() {
        Line line = Line.through(X, new double[] {5, 4, 3, 2, 1, 0});

        assertThat(line.slope()).isCloseTo(-1, within(1e-9));
        assertThat(line.reach()).isCloseTo(0, within(1e-9));
    }

    @Test
    void isNotDrawnThroughTooFewPointsOrOnePlace() {
        assertThatThrownBy(() -> Line.through(new double[4], new double[4]))
                .hasMessageContaining("5 points or more");
        assertThatThrownBy(() -> Line.through(new double[5], new double[5]))
                .hasMessageContaining("same x");
    }

    @ParameterizedTest
    @CsvSource({"3, 3.182", "4, 2.776", "8, 2.306", "13, 2.160", "30, 2.042", "1000, 1.962"})
    void agreesWithThePrintedTable(int degrees, double reach) {
        assertThat(Line.student95(degrees)).isCloseTo(reach, within(0.005));
    }

    @Test
    void doesNotGuessWhereItIsNotRight() {
        assertThatThrownBy(() -> Line.student95(2)).hasMessageContaining("got 2");
    }
}
