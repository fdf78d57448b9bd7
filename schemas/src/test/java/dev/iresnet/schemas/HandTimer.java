package dev.iresnet.schemas;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** A clock, and a timer that runs what is due when it is told to, on the caller's thread. */
final class HandTimer implements Lookups.Timer {
    private final Queue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::number));
    private long now = 12345;
    private long count;

    private record Task(long at, long number, Runnable run) {}

    long now() {
        return now;
    }

    @Override
    public void after(Duration delay, Runnable task) {
        tasks.add(new Task(now + delay.toNanos(), count++, task));
    }

    void runDue() {
        runUntil(now);
    }

    /** Lets time pass, and runs what becomes due meanwhile. */
    void pass(Duration time) {
        long until = now + time.toNanos();
        runUntil(until);
        now = until;
    }

    private void runUntil(long until) {
        for (Task next = tasks.peek(); next != null && next.at() <= until; next = tasks.peek()) {
            tasks.remove();
            now = Math.max(now, next.at());
            next.run().run();
        }
    }

    @Override
    public void close() {
        tasks.clear();
    }
}
