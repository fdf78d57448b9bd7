package dev.iresnet.serving.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

final class BatchTimesTest {
    private final BatchTimes times = new BatchTimes();

    @Test
    void allGoWhileNothingIsKnown() {
        assertThat(times.portion(7)).isEqualTo(7);
    }

    @Test
    void allGoWhileOnlySinglesOrOnlyBatchesWereSeen() {
        times.took(1, 50);
        assertThat(times.portion(7)).isEqualTo(7);

        BatchTimes busy = new BatchTimes();
        busy.took(32, 1600);
        assertThat(busy.portion(7)).isEqualTo(7);
    }

    @Test
    void halfGoWhereABatchTakesAsLongAsItsFrames() {
        learn(size -> 8 + 47L * size);

        assertThat(times.portion(1)).isEqualTo(1);
        assertThat(times.portion(2)).isEqualTo(1);
        assertThat(times.portion(3)).isEqualTo(2);
        assertThat(times.portion(31)).isEqualTo(16);
    }

    @Test
    void allGoWhereABatchTakesAsLongAsOneFrame() {
        learn(size -> 50);

        assertThat(times.portion(31)).isEqualTo(31);
    }

    @Test
    void allGoWhereCompanySavesHalf() {
        learn(size -> 25 + 25L * size);

        assertThat(times.portion(31)).isEqualTo(31);
    }

    @Test
    void learnsAnewWhenTheDeviceBecomesAnother() {
        learn(size -> 50);
        learn(size -> 50L * size);
        assertThat(times.portion(8)).isEqualTo(4);

        learn(size -> 50);
        assertThat(times.portion(8)).isEqualTo(8);
    }

    @Test
    void oneSlowBatchChangesNothing() {
        learn(size -> 50L * size);
        times.took(1, 100);
        assertThat(times.portion(8)).isEqualTo(4);

        learn(size -> 50);
        times.took(4, 500);
        assertThat(times.portion(8)).isEqualTo(8);
    }

    private void learn(IntToLongFunction time) {
        for (int i = 0; i < 200; i++) {
            int size = 1 + i % 8;
            times.took(size, time.applyAsLong(size));
        }
    }
}
