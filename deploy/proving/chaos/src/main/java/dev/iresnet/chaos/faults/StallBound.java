package dev.iresnet.chaos.faults;

import dev.iresnet.chaos.harness.FlinkConfig;
import java.time.Duration;

/**
 * The longest time for which no result may be seen after a fault: until it is noticed, or is over
 * where nothing can be done before that; the delay before a restart; and 20 s to be back.
 */
public final class StallBound {
    private static final Duration TO_BE_BACK = Duration.ofSeconds(20);

    /** Engines that a job makes in place of one that has failed. */
    private static final int NEW_ENGINES = 3;

    private final FlinkConfig.Times times;

    public StallBound(FlinkConfig.Times times) {
        this.times = times;
    }

    /**
     * The bound of one.
     *
     * @param away for how long its target was measured not to be there
     */
    public Duration of(Draw draw, Duration away) {
        return detection(draw, away).plus(times.restartDelay()).plus(TO_BE_BACK);
    }

    private Duration detection(Draw draw, Duration away) {
        return switch (draw.kind()) {
            case KILL_TASK_MANAGER -> longer(times.heartbeat(), draw.length());
            // a new one leads when the old one's session has expired
            case KILL_JOB_MANAGER -> longer(times.session(), draw.length());
            // where no slots are free the job has to wait for it
            case STOP_TASK_MANAGER -> longer(times.heartbeat(), draw.length());
            // no broker, no results: what it takes to recover its data is not the job's
            case KILL_BROKER -> longer(away, draw.length());
            case STOP_JOB_MANAGER, STOP_BROKER, STORAGE_FAILS -> draw.length();
            // each new engine fails after a restart; then the job does
            case DEVICE_FAILS -> times.restartDelay().multipliedBy(NEW_ENGINES);
            case DEVICE_SLOW, DEVICE_OUT_OF_MEMORY, RESCALE -> Duration.ZERO;
        };
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
