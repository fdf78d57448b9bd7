package dev.iresnet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.iresnet.bench.Bench.BenchException;
import dev.iresnet.bench.Measurement.Timing;
import dev.iresnet.model.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementTest {

    private static Measurement measurement(int batch, double imagesPerSecond, double p95Ms) {
        Timing timing = new Timing(Precision.FLOAT32, batch, imagesPerSecond, p95Ms, p95Ms);
        return Measurement.of(timing, 2, 4e9, 200);
    }

    @Test
    void aMultiplyAccumulateIsTwoOperations() throws BenchException {
        Measurement measurement = measurement(8, 20, 400).checked();

        assertThat(measurement.gflops()).isCloseTo(160, within(1e-9));
        assertThat(measurement.shareOfPeak()).isCloseTo(0.8, within(1e-9));
    }

    @Test
    void refusesAModelThatIsFasterThanThePeak() {
        assertThatThrownBy(() -> measurement(8, 26, 400).checked())
                .isInstanceOf(BenchException.class)
                .hasMessageContainingAll(
                        "208 GFLOP/s", "float32, batch 8, 2 threads", "peak of 200", "idle");
    }

    @Test
    void aModelOfUnknownCostHasNoShare() throws BenchException {
        Timing timing = new Timing(Precision.FLOAT32, 1, 20, 50, 50);
        assertThat(Measurement.of(timing, 2, Double.NaN, 200).checked().shareOfPeak()).isNaN();
    }

    @Test
    void recommendsTheFastestThatKeepsTheBound() {
        Measurement one = measurement(1, 10, 100);
        Measurement eight = measurement(8, 18, 450);
        Measurement sixteen = measurement(16, 18, 450);
        Measurement many = measurement(32, 20, 1600);
        List<Measurement> all = List.of(one, sixteen, eight, many);

        assertThat(Measurement.best(all, 99)).isEmpty();
        assertThat(Measurement.best(all, 100)).contains(one);
        assertThat(Measurement.best(all, 500)).contains(eight);
        assertThat(Measurement.best(all, 2000)).contains(many);
    }
}
