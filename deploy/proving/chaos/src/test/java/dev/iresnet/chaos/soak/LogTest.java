package dev.iresnet.chaos.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.chaos.gauge.Gauge;
import dev.iresnet.chaos.gauge.Reading;
import dev.iresnet.chaos.results.SeenResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogTest {
    private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");
    private final Timetable timetable = new Timetable(BEGAN, Duration.ofMinutes(20));
    private final Log log = new Log(timetable);

    @Test
    void aRowHasTheMeanAndTheLeastOfItsReadings() {
        log.add("jobmanager", reading(61, 10));
        log.add("jobmanager", reading(62, 20));
        log.add("jobmanager", reading(125, 70));

        assertThat(log.rows().get(1).mean("jobmanager", Gauge.HEAP)).hasValue(15);
        assertThat(log.rows().get(1).least("jobmanager", Gauge.HEAP)).hasValue(10);
        assertThat(log.rows().get(1).mean("jobmanager", Gauge.THREADS)).isEmpty();
        assertThat(log.rows().get(0).mean("jobmanager", Gauge.HEAP)).isEmpty();
    }

    @Test
    void shedFramesHaveNoLatency() {
        log.add(result(true, 61));
        log.add(result(false, 61));

        assertThat(log.rows().get(1).untilSent().count()).isEqualTo(1);
        assertThat(log.rows().get(1).untilSent().quantileMillis(1)).isEqualTo(100);
        assertThat(log.rows().get(1).untilSeen().quantileMillis(1)).isEqualTo(1100);
        assertThat(log.rows().get(1).shed()).isEqualTo(1);
    }

    @Test
    void whatComesBeforeOrAfterIsLeftOut() {
        log.add(result(true, -1));
        log.add(result(true, 1200));
        log.add("jobmanager", reading(1201, 1));

        assertThat(log.rows()).allMatch(row -> row.untilSent().count() == 0);
    }

    private static SeenResult result(boolean fresh, int second) {
        Instant sent = BEGAN.plusSeconds(second);
        return new SeenResult("camera-1", fresh, sent.minusMillis(100), sent, sent.plusSeconds(1));
    }

    private static Reading reading(int second, double heap) {
        return new Reading(BEGAN.plusSeconds(second), Map.of(Gauge.HEAP, heap));
    }
}
