package dev.iresnet.proving.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The time that a feed lives in. */
public interface Pace {

    Instant now();

    void sleep(Duration duration) throws InterruptedException;

    /**
     * Real time. It begins with the system's clock and then runs evenly: a correction of that clock
     * would make frames look late or early.
     */
    static Pace real() {
        Instant start = Instant.now();
        long startNanos = System.nanoTime();
        return new Pace() {
            @Override
            public Instant now() {
                return start.plusNanos(System.nanoTime() - startNanos);
            }

            @Override
            public void sleep(Duration duration) throws InterruptedException {
                TimeUnit.NANOSECONDS.sleep(duration.toNanos());
            }
        };
    }
}
