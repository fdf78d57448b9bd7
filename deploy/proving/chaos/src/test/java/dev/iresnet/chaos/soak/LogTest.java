package dev.iresnet.chaos.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.iresnet.chaos.growth.Gauge;
import dev.iresnet.chaos.growth.Reading;
import dev.iresnet.chaos.harness.ResultStream;
import dev.iresnet.chaos.harness.SeenResults;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LogTest {
    private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");
    private final Timetable timetable = new Timetable(BEGAN, Duration.ofMinutes(20), 4);
    private final Log log = new Log(timetable);

    @Test
    void aRowHasTheMeanOfItsReadings() {
        log.add("jobmanager", reading(61, 10));
        log.add("jobmanager", reading(62, 20));
        log.add("jobmanager", reading(125, 70));

        assertThat(mean(1, Gauge.HEAP)).hasValue(15);
        assertThat(mean(1, Gauge.THREADS)).isEmpty();
        assertThat(mean(0, Gauge.HEAP)).isEmpty();
    }

    @Test
    void shedFramesHaveNoLatency() {
        log.add(result(true, 61));
        log.add(result(false, 61));

        assertThat(log.rows().get(1).untilSent().count()).isEqualTo(1);
        assertThat(log.rows().get(1).untilSent().millis(1)).isCloseTo(100, within(0.1));
        assertThat(log.rows().get(1).untilSeen().millis(1)).isCloseTo(1100, within(1.0));
        assertThat(log.rows().get(1).shed().get()).isEqualTo(1);
    }

    @Test
    void whatComesBeforeOrAfterIsLeftOut() {
        log.add(result(true, -1));
        log.add(result(true, 1200));
        log.add("jobmanager", reading(1201, 1));

        assertThat(log.rows()).allMatch(row -> row.untilSent().count() == 0);
    }

    @Test
    void whatWasLabelledAfterTheWarmUpIsCountedASecond() {
        log.add(result(true, 299));
        for (int second = 300; second < 1200; second += 2) {
            log.add(result(true, second));
            log.add(result(false, second));
        }

        assertThat(log.labeledPerSecond()).isEqualTo(0.5);
    }

    private OptionalDouble mean(int row, Gauge gauge) {
        Reading mean = log.means().processes().get(row).get("jobmanager");
        return mean == null ? OptionalDouble.empty() : mean.of(gauge);
    }

    private static ResultStream.Seen result(boolean fresh, int second) {
        Instant sent = BEGAN.plusSeconds(second);
        return SeenResults.seen(
                "camera-1", fresh, sent.minusMillis(100), sent, sent.plusSeconds(1));
    }

    private static Reading reading(int second, double heap) {
        return new Reading(BEGAN.plusSeconds(second), Map.of(Gauge.HEAP, heap));
    }
}
