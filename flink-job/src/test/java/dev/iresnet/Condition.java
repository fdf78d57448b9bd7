package dev.iresnet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits until something holds, and fails if it never does. */
public final class Condition {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(1);

    private Condition() {}

    public static void await(String what, Callable<Boolean> condition) {
        await(what, PATIENCE, condition);
    }

    public static void await(String what, Duration patience, Callable<Boolean> condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("after " + patience + " still not: " + what);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Waits until nothing is left of what is asked for, and names the rest if something is. */
    public static void awaitNone(String what, Callable<? extends Collection<?>> left) {
        List<Object> last = new ArrayList<>();
        try {
            await(
                    what,
                    () -> {
                        last.clear();
                        last.addAll(left.call());
                        return last.isEmpty();
                    });
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + ", left: " + last, e);
        }
    }

    private static boolean holds(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
