package dev.iresnet.benchmark.piece;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * When pieces of work were done, for their rate: from the end of one to the end of a later one, so
 * that no piece counts in part. Thread-safe.
 */
public final class Steps {
    private final List<Step> steps = new ArrayList<>();

    private record Step(long nanos, double work) {}

    /**
     * Does one thing over and over, and tells how much work a second that is.
     *
     * @param callers threads that do it
     * @param work that each time is
     */
    public static double rate(Span span, int callers, double work, Runnable thing)
            throws InterruptedException, ExecutionException {
        Steps steps = new Steps();
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                running.add(threads.submit(() -> steps.repeat(span, callers, work, thing)));
            }
            for (Future<?> caller : running) {
                caller.get();
            }
        } finally {
            threads.shutdown();
        }
        return steps.perSecond(callers - 1);
    }

    private void repeat(Span span, int callers, double work, Runnable thing) {
        long start = System.nanoTime();
        do {
            thing.run();
            done(work);
        } while (!span.isOver(start) || count() < 2 * callers);
    }

    /** A piece has just been done. */
    public void done(double work) {
        at(System.nanoTime(), work);
    }

    public synchronized int count() {
        return steps.size();
    }

    synchronized void at(long nanos, double work) {
        steps.add(new Step(nanos, work));
    }

    /**
     * Work a second.
     *
     * @param leaveOut pieces at the beginning that do not count; the next one starts the clock
     * @throws IllegalStateException if too few were done
     */
    public synchronized double perSecond(int leaveOut) {
        if (steps.size() < leaveOut + 2) {
            throw new IllegalStateException(
                    "%d pieces of work do not tell a rate".formatted(steps.size()));
        }
        double work = 0;
        for (Step step : steps.subList(leaveOut + 1, steps.size())) {
            work += step.work();
        }
        return work / (steps.get(steps.size() - 1).nanos() - steps.get(leaveOut).nanos()) * 1e9;
    }
}
