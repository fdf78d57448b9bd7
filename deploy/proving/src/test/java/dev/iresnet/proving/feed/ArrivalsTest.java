package dev.iresnet.proving.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final int FRAMES = 20_000;

    private static final FeedPlan PLAN = new FeedPlan(4, 100, FRAMES, 1, FeedPlan.Spacing.POISSON);

    private final List<Arrivals.Arrival> arrivals = arrivals(1);

    private static List<Arrivals.Arrival> arrivals(long seed) {
        Arrivals.Poisson arrivals = new Arrivals.Poisson(PLAN, new Random(seed));
        return Stream.generate(arrivals::next).limit(FRAMES).toList();
    }

    private double[] gaps() {
        return IntStream.range(1, FRAMES).mapToDouble(i -> seconds(i) - seconds(i - 1)).toArray();
    }

    private double seconds(int index) {
        return arrivals.get(index).due().toNanos() / 1e9;
    }

    /** Of an exponential distribution mean and standard deviation are equal. */
    @Test
    void gapsAreExponentialAtThePlansRate() {
        double mean = DoubleStream.of(gaps()).average().orElseThrow();
        double square = DoubleStream.of(gaps()).map(gap -> gap * gap).average().orElseThrow();

        assertThat(mean).isCloseTo(0.01, within(0.0003));
        assertThat(Math.sqrt(square - mean * mean)).isCloseTo(0.01, within(0.0003));
    }

    @Test
    void eachCameraCountsItsOwnFrames() {
        for (int camera = 0; camera < 4; camera++) {
            int one = camera;
            List<Long> numbers =
                    arrivals.stream()
                            .filter(arrival -> arrival.camera() == one)
                            .map(Arrivals.Arrival::frameNumber)
                            .toList();

            assertThat(numbers).hasSizeBetween(FRAMES / 5, FRAMES / 3);
            assertThat(numbers)
                    .isEqualTo(IntStream.range(0, numbers.size()).mapToObj(i -> (long) i).toList());
        }
    }

    @Test
    void areTheSameForTheSameSeedOnly() {
        assertThat(arrivals(1)).isEqualTo(arrivals);
        assertThat(arrivals(2)).isNotEqualTo(arrivals);
    }

    @Test
    void needARate() {
        assertThatThrownBy(() -> new FeedPlan(4, 0, 10, 1, FeedPlan.Spacing.POISSON))
                .hasMessageContaining("need a rate");
    }
}
