package dev.iresnet.chaos.flood;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.proving.feed.FeedReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final Tally.Figures FLOOD = new Tally.Figures(500, 5000, 300, 600);

    @Test
    void ratiosAreMediansOverTheRepetitions() {
        Comparison comparison =
                new Comparison(
                        Device.STEADY,
                        2,
                        List.of(alone(100), alone(100), alone(200)),
                        List.of(flooded(150, 0), flooded(900, 0), flooded(380, 0)));

        assertThat(comparison.p99()).isEqualTo(new Comparison.Ratio(1.5, 1.9, 9));
        assertThat(comparison.isWithin()).isTrue();
    }

    @Test
    void moreThanTwiceIsNotWithin() {
        assertThat(of(alone(100), flooded(201, 0)).isWithin()).isFalse();
    }

    /** Frames that are shed have no latency, so that shedding would make the p99 look good. */
    @Test
    void othersThatAreShedAreNotWithin() {
        Comparison comparison = of(alone(100), flooded(100, 50));

        assertThat(comparison.othersShed()).isGreaterThan(0.04);
        assertThat(comparison.isWithin()).isFalse();
    }

    @Test
    void aFloodOfWhichNothingIsShedIsNone() {
        Stretch mild = stretch(100, 0, Optional.of(new Tally.Figures(5500, 0, 100, 100)));

        assertThat(of(alone(100), mild).isWithin()).isFalse();
    }

    @Test
    void othersOfWhomNothingIsLabelledAreNotWithin() {
        Stretch dead =
                new Stretch(
                        Instant.EPOCH,
                        new Tally.Figures(0, 0, Double.NaN, Double.NaN),
                        Optional.of(FLOOD),
                        Map.of(),
                        new FeedReport(1, Duration.ZERO, Duration.ZERO));

        assertThat(of(alone(100), dead).isWithin()).isFalse();
    }

    private static Comparison of(Stretch alone, Stretch flooded) {
        return new Comparison(Device.CPU, 2, List.of(alone), List.of(flooded));
    }

    private static Stretch alone(double p99) {
        return stretch(p99, 0, Optional.empty());
    }

    private static Stretch flooded(double p99, long shed) {
        return stretch(p99, shed, Optional.of(FLOOD));
    }

    private static Stretch stretch(double p99, long shed, Optional<Tally.Figures> flood) {
        return new Stretch(
                Instant.EPOCH,
                new Tally.Figures(1000, shed, p99 / 2, p99),
                flood,
                Map.of("SHARE", 5000L),
                new FeedReport(1000, Duration.ofSeconds(20), Duration.ZERO));
    }
}
