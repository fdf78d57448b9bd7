package dev.iresnet.chaos.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentTTest {

    @ParameterizedTest
    @CsvSource({"3, 3.182", "4, 2.776", "8, 2.306", "13, 2.160", "30, 2.042", "1000, 1.962"})
    void agreesWithThePrintedTable(int degrees, double reach) {
        assertThat(StudentT.reach95(degrees)).isCloseTo(reach, within(0.005));
    }

    @Test
    void doesNotGuessWhereItIsNotRight() {
        assertThatThrownBy(() -> StudentT.reach95(2)).hasMessageContaining("got 2");
    }
}
