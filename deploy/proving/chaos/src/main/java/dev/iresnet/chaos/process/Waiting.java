package dev.iresnet.chaos.process;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for something that other processes do. */
public final class Waiting {
    private static final long LOOK_MILLIS = 100;

    /** A question whose exception means that there is no answer yet. */
    @FunctionalInterface
    public interface Question {
        boolean ask() throws IOException;
    }

    private Waiting() {}

    /**
     * Returns when the answer is yes.
     *
     * @param what for the message
     * @throws IllegalStateException when it is not within that time
     */
    public static void until(String what, Duration atMost, Question question) {
        if (!within(atMost, question)) {
            throw new IllegalStateException(
                    "gave up after %d s of waiting for %s".formatted(atMost.toSeconds(), what));
        }
    }

    /** Whether the answer was yes within that time. */
    public static boolean within(Duration atMost, Question question) {
        long end = System.nanoTime() + atMost.toNanos();
        do {
            if (isYes(question)) {
                return true;
            }
            pause(Duration.ofMillis(LOOK_MILLIS));
        } while (System.nanoTime() < end);
        return false;
    }

    /** Waits. */
    public static void pause(Duration duration) {
        try {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }

    private static boolean isYes(Question question) {
        try {
            return question.ask();
        } catch (IOException e) {
            // no answer yet, or no longer
            return false;
        }
    }
}
