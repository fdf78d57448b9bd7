package dev.iresnet.serving.thread;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Threads that do the same work until they are told to stop. Daemons: they keep no process alive.
 */
public final class Crew {

    /** Returns when it is done for good; interruption is one way to tell it. */
    public interface Work {
        void run() throws InterruptedException;
    }

    private static final Duration STEP = Duration.ofMillis(50);

    private final List<Thread> threads;

    /**
     * Threads {@code name-0}, {@code name-1} and so on, not started yet.
     *
     * @param onFailure hears whatever ends a thread before its time
     */
    public Crew(String name, int size, Work work, Consumer<Throwable> onFailure) {
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
            // Told to stop; the thread ends here, so nobody is left to ask for its interrupt flag.
        } catch (Throwable e) {
            onFailure.accept(e);
        }
    }
}
