package dev.iresnet.config;

import java.time.Duration;
import org.apache.flink.util.TimeUtils;

/** Durations as people write them: {@code 10 s}, {@code 2 min}. */
public final class Durations {

    private Durations() {}

    public static String text(Duration duration) {
        return duration.isZero() ? "0 s" : TimeUtils.formatWithHighestUnit(duration);
    }
}
