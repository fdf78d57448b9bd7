package dev.iresnet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.iresnet.engine.batch.BatchPolicy;
import dev.iresnet.inference.Labeling;
import dev.iresnet.inference.Rig;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OptionsTest {
    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1025})
    void refusesBatchSizesOutsideTheRange(int maxSize) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BatchPolicy(maxSize, Duration.ZERO))
                .withMessage("batch.max-size must be 1..1024, got " + maxSize);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-0.000000001S", "PT1M0.000000001S"})
    void refusesDelaysOutsideTheRange(String delay) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BatchPolicy(1, Duration.parse(delay)))
                .withMessage("batch.max-delay must be 0..PT1M, got " + delay);
    }

    @ParameterizedTest
    @ValueSource(floats = {-0.1f, 1.1f, Float.NaN})
    void refusesThresholdsThatAreNoProbability(float threshold) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Labeling(1, threshold));
    }

    @Test
    void refusesEnginesThatCannotWork() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Labeling(0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Rig.options(0, 1, 32));
        assertThatIllegalArgumentException().isThrownBy(() -> Rig.options(1, 0, 32));
    }

    @Test
    void hasCropsForABatchOnEachDeviceAndAFullOneBehindIt() {
        assertThat(Rig.options(3, 2, 32).engine().crops()).isEqualTo(2 * (32 + 32) + 3);
    }
}
