package dev.iresnet.benchmark.piece;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Pieces of work and their times, for their rate between two moments. A piece that is only partly
 * between them counts by that part of its time: else two callers whose pieces end in pairs would
 * gain or lose a whole piece by chance. Thread-safe.
 */
public final class Steps {
    /** Pieces of a caller at least: the first one only starts the clock. */
    private static final int LEAST = 3;

    private final List<Step> steps = new ArrayList<>();

    private record Step(long begin, long end, double work) {
        double workBetween(long from, long to) {
            long inside = Math.max(0, Math.min(end, to) - Math.max(begin, from));
            return work * inside / Math.max(1, end - begin);
        }
    }

    /** Ends of a caller's first and last piece. */
    private record Ends(long first, long last) {}

    /**
     * Does one thing over and over, and tells how much work a second that is while all callers are
     * at it.
     *
     * @param callers threads that do it
     * @param work that each time is
     */
    public static double rate(Span span, int callers, double work, Runnable thing)
            throws InterruptedException, ExecutionException {
        Steps steps = new Steps();
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            List<Future<Ends>> running = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                running.add(threads.submit(() -> steps.repeat(span, work, thing)));
            }
            long from = Long.MIN_VALUE;
            long to = Long.MAX_VALUE;
            for (Future<Ends> caller : running) {
                from = Math.max(from, caller.get().first());
                to = Math.min(to, caller.get().last());
            }
            return steps.perSecond(from, to);
        } finally {
            threads.shutdown();
        }
    }

    private Ends repeat(Span span, double work, Runnable thing) {
        long start = System.nanoTime();
        long first = 0;
        long end = start;
        for (int done = 0; done < LEAST || !span.isOver(start); done++) {
            long begin = end;
            thing.run();
            end = System.nanoTime();
            at(begin, end, work);
            first = done == 0 ? end : first;
        }
        return new Ends(first, end);
    }

    /**
     * A piece of work.
     *
     * @param begin nanoseconds of any origin
     * @param end after that
     */
    public synchronized void at(long begin, long end, double work) {
        steps.add(new Step(begin, end, work));
    }

    public synchronized int count() {
        return steps.size();
    }

    /**
     * Work a second between two moments, at which every piece under way is known.
     *
     * @throws IllegalStateException if one is not after the other
     */
    public synchronized double perSecond(long from, long to) {
        if (to - from <= 0) {
            throw new IllegalStateException(
                    "%d pieces of work do not tell a rate".formatted(steps.size()));
        }
        return steps.stream().mapToDouble(step -> step.workBetween(from, to)).sum()
                / (to - from)
                * 1e9;
    }
}
