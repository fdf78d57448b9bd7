package dev.iresnet.local.wall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RateTest {

    private static final long START = 1_000_000;

    private final Rate rate = new Rate();

    @Test
    void isUnknownUntilAWholeSecondHasPassed() {
        assertThat(rate.perSecond()).isEmpty();
        count(START, 3);
        assertThat(rate.perSecond()).isEmpty();
        count(START + 1, 10);
        assertThat(rate.perSecond()).isEmpty();
        count(START + 2, 1);
        assertThat(rate.perSecond()).isEqualTo(OptionalDouble.of(10));
    }

    @Test
    void isTheMeanOfTheLastSeconds() {
        for (int second = 0; second < 10; second++) {
            count(START + second, second);
        }
        count(START + 10, 1);

        assertThat(rate.perSecond()).isEqualTo(OptionalDouble.of((5 + 6 + 7 + 8 + 9) / 5.0));
    }

    @Test
    void doesNotDependOnTheOrderWithinABurst() {
        List<Instant> burst = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            burst.add(Instant.ofEpochMilli(1000 * START + 10L * i));
        }
        Collections.shuffle(burst, new Random(1));
        burst.forEach(rate::count);
        rate.count(Instant.ofEpochSecond(START + 6));

        assertThat(rate.perSecond()).isEqualTo(OptionalDouble.of(100));
    }

    @Test
    void falseTimesDoNotKeepItFromCounting() {
        rate.count(Instant.ofEpochMilli(Long.MAX_VALUE));
        rate.count(Instant.ofEpochMilli(Long.MIN_VALUE));
        count(START, 1);
        count(START + 1, 4);
        count(START + 2, 1);

        assertThat(rate.perSecond()).isEqualTo(OptionalDouble.of(4));
    }

    @Test
    void aPauseCountsAsSecondsWithoutEvents() {
        count(START, 1);
        count(START + 1, 50);
        count(START + 30, 1);

        assertThat(rate.perSecond()).isEqualTo(OptionalDouble.of(0));
    }

    private void count(long second, int events) {
        for (int i = 0; i < events; i++) {
            rate.count(Instant.ofEpochSecond(second));
        }
    }
}
