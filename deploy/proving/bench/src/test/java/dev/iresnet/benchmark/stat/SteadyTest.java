package dev.iresnet.benchmark.stat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SteadyTest {

    @Test
    void goesOnWhileItGetsBetter() throws IOException {
        Queue<Double> rates =
                new ArrayDeque<>(List.of(10.0, 20.0, 20.5, 20.6, 40.0, 40.0, 41.0, 40.0, 99.0));

        assertThat(Steady.rate(rates::remove)).isEqualTo(41);
        assertThat(rates).containsExactly(99.0);
    }

    @Test
    void countsALittleBetterAsNoBetter() throws IOException {
        AtomicInteger rounds = new AtomicInteger();

        Steady.rate(() -> 100 + rounds.incrementAndGet());

        assertThat(rounds).hasValue(4);
    }

    @Test
    void givesUpOnAMachineThatNeverSettles() throws IOException {
        AtomicInteger rounds = new AtomicInteger();

        Steady.rate(() -> Math.pow(2, rounds.incrementAndGet()));

        assertThat(rounds).hasValue(20);
    }

    @Test
    void wantsACostToFall() throws IOException {
        Queue<Double> costs = new ArrayDeque<>(List.of(50.0, 20.0, 10.0, 11.0, 10.0, 12.0, 1.0));

        assertThat(Steady.cost(costs::remove)).isCloseTo(10, within(1e-9));
        assertThat(costs).containsExactly(1.0);
    }
}
