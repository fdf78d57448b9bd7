package dev.iresnet.benchmark.piece;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GpuMeterTest {

    @Test
    void readsPercentsAndPassesOverEverythingElse() {
        assertThat(GpuMeter.parse(" 87")).hasValue(87);
        assertThat(GpuMeter.parse("[N/A]")).isEmpty();
    }
}
