package dev.iresnet.chaos.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ThroughputTest {

    @Test
    void theSlowBeginningIsLeftOut() {
        // 50 results at one every 100 ms, then 50 at one every 10 ms.
        long[] sent =
                LongStream.concat(
                                LongStream.range(0, 50).map(i -> i * 100),
                                LongStream.range(0, 50).map(i -> 5000 + i * 10))
                        .toArray();

        assertThat(Throughput.perSecond(sent, 0.5)).isCloseTo(100, within(1e-9));
    }

    @Test
    void theOrderDoesNotMatter() {
        assertThat(Throughput.perSecond(new long[] {300, 0, 200, 100}, 0))
                .isCloseTo(10, within(1e-9));
    }

    /** Ten a second in batches of ten, wherever in a batch the beginning lies. */
    @Test
    void batchesCountWhole() {
        long[] sent = LongStream.range(0, 50).map(i -> i / 10 * 1000).toArray();

        assertThat(Throughput.perSecond(sent, 0)).isCloseTo(10, within(1e-9));
        assertThat(Throughput.perSecond(sent, 0.3)).isCloseTo(10, within(1e-9));
        assertThat(Throughput.perSecond(sent, 0.4)).isCloseTo(10, within(1e-9));
    }

    @Test
    void tooLittleIsRefused() {
        assertThatThrownBy(() -> Throughput.perSecond(new long[] {5}, 0))
                .hasMessageContaining("1 results");
        assertThatThrownBy(() -> Throughput.perSecond(new long[] {5, 5, 5}, 0))
                .hasMessageContaining("3 results");
    }
}
