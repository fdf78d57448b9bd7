package dev.iresnet.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

final class BatchTimesTest {
    private static final String MODEL = "a model";

    private final BatchTimes times = new BatchTimes();

    @Test
    void allGoWhileNothingIsKnown() {
        assertThat(times.portion(7)).isEqualTo(7);
    }

    @Test
    void allGoWhileOnlySinglesOrOnlyBatchesWereSeen() {
        learn(times, size -> 50, 1, 1);
        assertThat(times.portion(7)).isEqualTo(7);

        BatchTimes busy = new BatchTimes();
        learn(busy, size -> 50.0 * size, 32, 32);
        assertThat(busy.portion(7)).isEqualTo(7);
    }

    @Test
    void allGoUntilSomeOfEachWereSeen() {
        for (int i = 0; i < 9; i++) {
            took(times, 1, 50);
            took(times, 4, 200);
        }

        assertThat(times.portion(7)).isEqualTo(7);
    }

    @Test
    void halfGoWhereABatchTakesAsLongAsItsFrames() {
        learn(times, size -> 8 + 47.0 * size, 1, 8);

        assertThat(times.portion(1)).isEqualTo(1);
        assertThat(times.portion(2)).isEqualTo(1);
        assertThat(times.portion(3)).isEqualTo(2);
        assertThat(times.portion(31)).isEqualTo(16);
    }

    @Test
    void allGoWhereABatchTakesAsLongAsOneFrame() {
        learn(times, size -> 50, 1, 8);

        assertThat(times.portion(31)).isEqualTo(31);
    }

    @Test
    void allGoWhereCompanySavesHalf() {
        learn(times, size -> 25 + 25.0 * size, 1, 8);

        assertThat(times.portion(31)).isEqualTo(31);
    }

    @Test
    void learnsAnewWhenTheDeviceBecomesAnother() {
        learn(times, size -> 50, 1, 8);
        learn(times, size -> 50.0 * size, 1, 8);
        assertThat(times.portion(8)).isEqualTo(4);

        learn(times, size -> 50, 1, 8);
        assertThat(times.portion(8)).isEqualTo(8);
    }

    @Test
    void anotherModelStartsAnew() {
        learn(times, size -> 50.0 * size, 1, 8);

        times.begin();
        times.took("another model", 1, 50);
        times.end();

        assertThat(times.portion(8)).isEqualTo(8);
    }

    @Test
    void aPauseTellsNothingOfTheDevice() {
        learn(times, size -> 50, 1, 8);
        took(times, 2, 1_000_000);
        assertThat(times.portion(8)).isEqualTo(8);

        BatchTimes cpu = dear();
        took(cpu, 1, 1_000_000);
        assertThat(cpu.portion(8)).isEqualTo(4);
    }

    @Test
    void batchesThatShareTheDeviceTellNothing() {
        learn(times, size -> 25 + 25.0 * size, 1, 8);
        for (int i = 0; i < 100; i++) {
            times.begin();
            times.begin();
            times.took(MODEL, 32, 1650);
            times.end();
            times.took(MODEL, 32, 1650);
            times.end();
        }

        assertThat(times.portion(8)).isEqualTo(8);
    }

    @Test
    void itIsKnownHowManyFramesTheModelDoesInATime() {
        assertThat(times.framesIn(Duration.ofSeconds(60))).as("nothing is known").isZero();
        for (int i = 0; i < 50; i++) {
            took(times, 4, 2e9);
        }
        assertThat(times.framesIn(Duration.ofSeconds(60))).isEqualTo(120);
        assertThat(times.framesIn(Duration.ofMillis(1))).as("slower than that").isEqualTo(1);
        for (int i = 0; i < 20; i++) {
            took(times, 4, 20e9);
        }
        assertThat(times.framesIn(Duration.ofSeconds(60))).as("of late").isEqualTo(12);
        times.begin();
        took(times, 4, 1e9);
        assertThat(times.framesIn(Duration.ofSeconds(60))).as("beside another").isGreaterThan(12);
        times.took("another model", 1, 1e9);
        assertThat(times.framesIn(Duration.ofSeconds(60))).isEqualTo(60);
    }

    /** Of a device where a batch takes as long as its frames one by one. */
    static BatchTimes dear() {
        BatchTimes dear = new BatchTimes();
        learn(dear, size -> 50.0 * size, 1, 8);
        return dear;
    }

    private static void learn(BatchTimes times, IntToDoubleFunction time, int from, int to) {
        for (int i = 0; i < 400; i++) {
            int size = from + i % (to - from + 1);
            took(times, size, time.applyAsDouble(size));
        }
    }

    private static void took(BatchTimes times, int size, double nanos) {
        times.begin();
        times.took(MODEL, size, nanos);
        times.end();
    }
}
