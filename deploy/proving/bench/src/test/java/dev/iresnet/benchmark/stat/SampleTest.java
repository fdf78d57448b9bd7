package dev.iresnet.benchmark.stat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleTest {

    /**
     * From tables of the distribution-free interval of the median: n, and the rank it begins at.
     */
    @ParameterizedTest
    @CsvSource({"1, 0", "5, 0", "6, 0", "7, 0", "8, 0", "9, 1", "11, 1", "12, 2", "15, 3", "20, 5"})
    void leavesOutsideWhatTheBinomialDistributionAllows(int rounds, int outside) {
        assertThat(Sample.outside(rounds)).isEqualTo(outside);
    }

    @Test
    void sevenRoundsCoverTheMedianFromTheLeastToTheGreatest() {
        Sample sample = new Sample(List.of(1.0, 0.9, 1.1, 1.02, 0.98, 1.3, 0.99));

        assertThat(sample.median()).isEqualTo(1.0);
        assertThat(sample.lower()).isEqualTo(0.9);
        assertThat(sample.upper()).isEqualTo(1.3);
        assertThat(sample.spread()).isCloseTo(0.3, within(1e-12));
    }

    @Test
    void elevenRoundsBearAnOutlierOnEachSide() {
        Sample sample =
                new Sample(IntStream.rangeClosed(1, 11).mapToObj(i -> (double) (i * i)).toList());

        assertThat(sample.lower()).isEqualTo(4);
        assertThat(sample.upper()).isEqualTo(100);
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
        assertThat(new Sample(List.of(4.0, 1.0, 2.0, 3.0)).median()).isEqualTo(2.5);
    }

    @Test
    void oneRoundHasNoSpread() {
        assertThat(new Sample(List.of(5.0)).spread()).isZero();
    }

    @Test
    void refusesWhatIsNoMeasurement() {
        assertThatThrownBy(() -> new Sample(List.of())).hasMessageContaining("finite numbers");
        assertThatThrownBy(() -> new Sample(List.of(1.0, Double.NaN)))
                .hasMessageContaining("finite numbers");
    }
}
