package dev.iresnet.benchmark.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdealQueueTest {
    private static final int FRAMES = 400_000;

    private final SplittableRandom random = new SplittableRandom(1);

    private double[] poisson(double rate) {
        double[] arrivals = new double[FRAMES];
        double time = 0;
        for (int i = 0; i < FRAMES; i++) {
            time -= Math.log1p(-random.nextDouble()) / rate;
            arrivals[i] = time;
        }
        return arrivals;
    }

    private double meanWait(double load, double[] serviceTimes) {
        double mean = Arrays.stream(serviceTimes).average().orElseThrow();
        double[] sojourns = new IdealQueue(serviceTimes).sojourns(poisson(load / mean), random);
        return Arrays.stream(sojourns).average().orElseThrow() - mean;
    }

    /** M/D/1: the mean wait is load / (2 (1 - load)) service times (Pollaczek and Khinchine). */
    @Test
    void waitsAsLongAsTheoryHasItForEqualServiceTimes() {
        assertThat(meanWait(0.5, new double[] {1})).isCloseTo(0.5, within(0.02));
        assertThat(meanWait(0.8, new double[] {1})).isCloseTo(2, within(0.1));
    }

    /** M/G/1: the mean wait is rate E[S^2] / (2 (1 - load)). */
    @Test
    void waitsAsLongAsTheoryHasItForUnequalServiceTimes() {
        // mean 1, mean square 1.64
        double[] serviceTimes = {0.2, 1.8};

        assertThat(meanWait(0.5, serviceTimes)).isCloseTo(0.82, within(0.03));
    }

    /** M/D/1 at half load: P(no wait) is 1 - load, and the 99th percentile is that of Crommelin. */
    @Test
    void hasTheQuantilesOfTheory() {
        double[] sojourns = new IdealQueue(new double[] {1}).sojourns(poisson(0.5), random);
        Arrays.sort(sojourns);
        long atOnce = Arrays.stream(sojourns).filter(time -> time < 1 + 1e-9).count();

        assertThat((double) atOnce / FRAMES).isCloseTo(0.5, within(0.01));
        assertThat(crommelin(sojourns[FRAMES * 99 / 100] - 1)).isCloseTo(0.99, within(0.001));
    }

    /**
     * P(wait at most t) in M/D/1 with service time 1 and load 0.5 (Erlang 1909, Crommelin 1932).
     */
    private static double crommelin(double t) {
        double load = 0.5;
        double sum = 0;
        for (int k = 0; k <= (int) t; k++) {
            double x = load * (k - t);
            double term = Math.exp(-x);
            for (int j = 1; j <= k; j++) {
                term *= x / j;
            }
            sum += term;
        }
        return (1 - load) * sum;
    }

    @Test
    void framesThatComeOneByOneDoNotWait() {
        double[] arrivals = IntStream.range(0, 10).mapToDouble(i -> 2.0 * i).toArray();

        assertThat(new IdealQueue(new double[] {1}).sojourns(arrivals, random)).containsOnly(1.0);
    }

    @Test
    void framesThatComeTogetherAreServedInTurn() {
        assertThat(new IdealQueue(new double[] {2}).sojourns(new double[] {0, 0, 1}, random))
                .containsExactly(2, 4, 5);
    }

    @Test
    void needsServiceTimes() {
        assertThatThrownBy(() -> new IdealQueue(new double[0]))
                .hasMessageContaining("a service time");
    }
}
