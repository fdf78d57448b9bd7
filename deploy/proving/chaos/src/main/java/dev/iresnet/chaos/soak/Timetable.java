package dev.iresnet.chaos.soak;

import java.time.Duration;
import java.time.Instant;

/**
 * A soak's time, cut into rows: twenty of them, of a minute at most. The first part is the warm-up,
 * in which machine code is made, pools and state fill up and the first old generation is collected;
 * the rest is measured.
 *
 * @param warmUp one of so many parts
 */
record Timetable(Instant began, Duration length, int warmUp) {
    private static final int LEAST_ROWS = 20;
    private static final int LOOKS_A_ROW = 12;
    private static final Duration LONGEST_ROW = Duration.ofMinutes(1);
    private static final double MILLIS_PER_MINUTE = 60_000;

    Duration row() {
        Duration twentieth = length.dividedBy(LEAST_ROWS);
        return twentieth.compareTo(LONGEST_ROW) < 0 ? twentieth : LONGEST_ROW;
    }

    /** From one look at the processes to the next. */
    Duration period() {
        return row().dividedBy(LOOKS_A_ROW);
    }

    int rows() {
        return (int) length.dividedBy(row());
    }

    /** Rows of the warm-up, which come first. */
    int warmUpRows() {
        return rows() / warmUp;
    }

    Instant end() {
        return start(rows());
    }

    /** When a row begins. */
    Instant start(int row) {
        return began.plus(row().multipliedBy(row));
    }

    /** A row's middle, in minutes since the beginning. */
    double minutes(int row) {
        return (row + 0.5) * row().toMillis() / MILLIS_PER_MINUTE;
    }

    /** The row that a moment is in; negative or too high outside of the soak. */
    int rowOf(Instant moment) {
        return (int) Math.floorDiv(Duration.between(began, moment).toMillis(), row().toMillis());
    }
}
