package dev.iresnet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.bench.Bench.BenchException;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Precision;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is made of the lines that the measuring process prints. */
class BenchTest {
    private static final BenchPlan PLAN =
            new BenchPlan("m/1", 2, List.of(Precision.FLOAT32), List.of(8), 1);
    private static final String TIMING =
            """
            {"timing":{"precision":"FLOAT32","batch":8,"imagesPerSecond":20,"ms":400,"p95Ms":410}}
            """;

    private final AtomicInteger measured = new AtomicInteger();

    private List<Measurement> read(String lines) throws IOException {
        return new Bench(4e9, measured::incrementAndGet)
                .read(new BufferedReader(new StringReader(lines)), PLAN);
    }

    @Test
    void putsTimesAndPeakTogether() throws IOException {
        List<Measurement> measurements =
                read(
                        "a library speaks\n"
                                + TIMING
                                + "{\"precision\":\"FLOAT32\",\"peakGflops\":200}\n");

        assertThat(measurements)
                .containsExactly(new Measurement(Precision.FLOAT32, 8, 2, 20, 400, 410, 160, 200));
        assertThat(measured).hasValue(1);
    }

    @Test
    void failsWhereTheModelWasFasterThanThePeak() {
        assertThatThrownBy(() -> read(TIMING + "{\"precision\":\"FLOAT32\",\"peakGflops\":159}\n"))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("160 GFLOP/s");
    }

    @Test
    void failsWhereTheProcessEndedEarly() {
        assertThatThrownBy(() -> read(TIMING))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("2 threads ended early");
    }

    @Test
    void handsOnWhatIsWrongWithTheModel() {
        assertThatThrownBy(() -> read("{\"error\":\"no kernels\"}\n"))
                .isInstanceOf(ModelException.class)
                .hasMessage("no kernels");
    }

    @Test
    void plansReachTheProcessAsTheyAre() throws IOException {
        assertThat(BenchPlan.fromJson(PLAN.toJson())).isEqualTo(PLAN);
    }
}
