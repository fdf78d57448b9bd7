package dev.iresnet.engine.thread;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that do the same work until they are told to stop. Daemons: they keep no process alive.
 */
public final class WorkerPool {

    /** Returns when it is done for good; interruption is one way to tell it. */
    public interface Work {
        void run() throws InterruptedException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(WorkerPool.class);
    private static final Duration STEP = Duration.ofMillis(50);

    private final List<Thread> threads;

    /**
     * Threads {@code name-0}, {@code name-1} and so on, not started yet.
     *
     * @param onFailure hears whatever ends a thread before its time
     */
    public WorkerPool(String name, int size, Work work, Consumer<Throwable> onFailure) {
        this.threads =
                IntStream.range(0, size)
                        .mapToObj(i -> new Thread(() -> run(work, onFailure), name + "-" + i))
                        .toList();
        threads.forEach(thread -> thread.setDaemon(true));
    }

    public void start() {
        threads.forEach(Thread::start);
    }

    public void interrupt() {
        threads.forEach(Thread::interrupt);
    }

    /**
     * Waits for the threads' end, also while the caller is interrupted.
     *
     * @return whether all have ended
     */
    public boolean join(Deadline deadline) {
        boolean interrupted = false;
        for (Thread thread : threads) {
            interrupted |= join(thread, deadline);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return threads.stream().noneMatch(Thread::isAlive);
    }

    /**
     * Waits for the threads' end, then closes what they work with. Native things that a thread is
     * still using must not be freed under it: they stay open then.
     *
     * @param what it is, for the log
     * @return whether it is closed
     */
    public boolean closeUnlessBusy(Deadline deadline, String what, Runnable close) {
        if (!join(deadline)) {
            LOG.error("The {} is still in use when its engine closes: its memory is lost", what);
            return false;
        }
        try {
            close.run();
        } catch (RuntimeException e) {
            LOG.warn("Closing the {} failed", what, e);
        }
        return true;
    }

    /** Whether the caller has been interrupted meanwhile. */
    private static boolean join(Thread thread, Deadline deadline) {
        boolean interrupted = false;
        long left = deadline.left();
        while (left > 0 && thread.isAlive()) {
            try {
                // in steps: the deadline's clock need not be the one that this sleeps by
                TimeUnit.NANOSECONDS.timedJoin(thread, Math.min(left, STEP.toNanos()));
            } catch (InterruptedException e) {
                interrupted = true;
            }
            left = deadline.left();
        }
        return interrupted;
    }

    private static void run(Work work, Consumer<Throwable> onFailure) {
        try {
            work.run();
        } catch (InterruptedException e) {
            // Told to stop. The thread ends here, so its interrupt flag need not be restored.
        } catch (Throwable e) {
            onFailure.accept(e);
        }
    }
}
