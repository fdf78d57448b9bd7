package dev.iresnet.chaos.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimetableTest {
    private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");
    private final Timetable timetable = new Timetable(BEGAN, Duration.ofMinutes(20), 4);

    @Test
    void twentyMinutesAreTwentyRowsOfWhichFiveAreWarmUp() {
        assertThat(timetable.rows()).isEqualTo(20);
        assertThat(timetable.warmUpRows()).isEqualTo(5);
        assertThat(timetable.row()).isEqualTo(Duration.ofMinutes(1));
        assertThat(timetable.period()).isEqualTo(Duration.ofSeconds(5));
        assertThat(timetable.end()).isEqualTo(BEGAN.plusSeconds(1200));
    }

    @Test
    void aShortSoakHasAsManyRows() {
        Timetable twoMinutes = new Timetable(BEGAN, Duration.ofMinutes(2), 4);

        assertThat(twoMinutes.rows()).isEqualTo(20);
        assertThat(twoMinutes.row()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void aLongOneHasARowAMinute() {
        assertThat(new Timetable(BEGAN, Duration.ofHours(1), 4).rows()).isEqualTo(60);
    }

    @Test
    void momentsFallIntoRows() {
        assertThat(timetable.rowOf(BEGAN.minusMillis(1))).isNegative();
        assertThat(timetable.rowOf(BEGAN)).isZero();
        assertThat(timetable.rowOf(BEGAN.plusMillis(59_999))).isZero();
        assertThat(timetable.rowOf(BEGAN.plusSeconds(60))).isEqualTo(1);
        assertThat(timetable.rowOf(timetable.end())).isEqualTo(20);
        assertThat(timetable.minutes(3)).isEqualTo(3.5);
    }
}
