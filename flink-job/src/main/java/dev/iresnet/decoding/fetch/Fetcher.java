package dev.iresnet.decoding.fetch;

import dev.iresnet.decoding.fetch.Fetches.Attempt;
import dev.iresnet.engine.thread.Deadline;
import dev.iresnet.event.FrameException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the pictures that events refer to, on threads of its own. Thread-safe.
 *
 * <p>A keeper looks after the reads. One that takes too long is abandoned: its picture waits for
 * the next attempt, another thread takes its place, and its own ends when it comes back. Threads
 * that do not come back are bounded, too: when as many are lost as may read, no more are made, and
 * pictures wait until one returns. The keeper also drops those that are not needed any more.
 */
public final class Fetcher {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    /** How often the keeper looks; so finely are pauses and time-outs kept. */
    private static final Duration LOOK = Duration.ofMillis(50);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition due = lock.newCondition();
    private final Condition busy = lock.newCondition();

    private final Fetching fetching;
    private final LongSupplier nanos;
    private final FetchThreads threads;
    private final Fetches fetches;

    private long bytesRead;
    private boolean ended;

    /**
     * Does nothing before {@link #start}.
     *
     * @param nanos as {@link System#nanoTime}
     * @param onFailure hears what ends a thread of its before its time
     */
    public Fetcher(Fetching fetching, LongSupplier nanos, Consumer<Throwable> onFailure) {
        FetchPolicy policy = fetching.policy();
        this.fetching = fetching;
        this.nanos = nanos;
        this.threads =
                new FetchThreads(policy.concurrency(), this::fetchAll, this::keepWatch, onFailure);
        this.fetches =
                new Fetches(
                        policy,
                        new BackOff(FIRST_PAUSE, policy.longestPause(), Math::random),
                        new FetchLog());
    }

    /** Starts the threads. */
    public void start() {
        lock.lock();
        try {
            threads.start();
        } finally {
            lock.unlock();
        }
    }

    /** Fetches its picture; what becomes of that the recipient hears. */
    public void add(Recipient recipient) {
        lock.lock();
        try {
            if (!ended) {
                boolean wasIdle = fetches.isIdle();
                fetches.add(recipient, nanos.getAsLong());
                due.signal();
                if (wasIdle) {
                    // else the keeper looks again soon by itself; it goes through all that wait
                    busy.signal();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** A recipient is done with its picture's bytes, so many. */
    public void release(int bytes) {
        lock.lock();
        try {
            fetches.release(bytes);
            due.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends all waiting and interrupts all reads. */
    public void end() {
        lock.lock();
        try {
            ended = true;
            fetches.clear();
            threads.interrupt();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the threads after {@link #end}.
     *
     * @return whether all are gone
     */
    public boolean join(Deadline deadline) {
        return threads.join(deadline);
    }

    /** A reading, consistent in itself. */
    public FetchState state() {
        lock.lock();
        try {
            return new FetchState(
                    fetches.waiting(),
                    fetches.running(),
                    fetches.stuck(),
                    fetches.storesDown(),
                    fetches.memory(),
                    bytesRead,
                    fetches.retries());
        } finally {
            lock.unlock();
        }
    }

    /** The work of a thread that reads. */
    private void fetchAll() throws InterruptedException {
        boolean wanted = true;
        while (wanted) {
            wanted = fetchNext();
        }
    }

    /** A method of its own, so that a thread that waits holds nothing of the fetch before. */
    private boolean fetchNext() throws InterruptedException {
        Attempt attempt = next();
        return attempt != null && fetch(attempt);
    }

    private @Nullable Attempt next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Attempt attempt = null;
            while (!ended && attempt == null) {
                attempt = fetches.begin(Thread.currentThread(), nanos.getAsLong());
                if (attempt == null) {
                    due.await();
                }
            }
            return ended ? null : attempt;
        } finally {
            lock.unlock();
        }
    }

    /** Whether this thread is still wanted. */
    private boolean fetch(Attempt attempt) {
        Fetch fetch = attempt.fetch;
        try {
            ByteBuffer bytes =
                    PictureRead.read(
                            fetching.store(),
                            fetch.recipient.picture(),
                            attempt::hold,
                            attempt::isAbandoned);
            return over(
                    attempt,
                    now -> {
                        bytesRead += fetch.size();
                        fetches.succeeded(attempt, now);
                    },
                    () -> fetch.recipient.came(bytes));
        } catch (FrameException e) {
            return over(
                    attempt,
                    now -> fetches.refused(attempt, now),
                    () -> fetch.recipient.refused(e));
        } catch (IOException e) {
            return over(attempt, now -> fetches.failed(attempt, e, now), () -> {});
        }
    }

    private boolean over(Attempt attempt, LongConsumer entry, Runnable answer) {
        boolean abandoned;
        boolean wanted = true;
        lock.lock();
        try {
            abandoned = attempt.isAbandoned();
            if (abandoned) {
                fetches.returned(attempt);
                wanted = threads.returned();
                // An interruption was meant for the read that is over; that of the end is told by
                // 'ended'.
                Thread.interrupted();
            } else {
                entry.accept(nanos.getAsLong());
            }
            due.signalAll();
        } finally {
            lock.unlock();
        }
        if (!abandoned) {
            answer.run();
        }
        return wanted;
    }

    /** The work of the keeper. */
    private void keepWatch() throws InterruptedException {
        boolean goesOn = true;
        while (goesOn) {
            look();
            goesOn = pause();
        }
    }

    /** A method of its own, so that a keeper that waits holds nothing of what it has dropped. */
    private void look() throws InterruptedException {
        List<Fetch> over;
        List<Fetch> givenUp;
        lock.lockInterruptibly();
        try {
            long now = nanos.getAsLong();
            abandonOverdue(now);
            over = fetches.remove(now, (fetch, kept) -> fetch.recipient.isOver());
            givenUp = fetches.remove(now, (fetch, kept) -> isGivenUp(kept));
            if (fetches.waiting() > 0) {
                due.signalAll();
            }
        } finally {
            lock.unlock();
        }
        over.forEach(fetch -> fetch.recipient.dropped());
        givenUp.forEach(fetch -> fetch.recipient.gaveUp(fetch.failures));
    }

    private boolean isGivenUp(long keptWaitingNanos) {
        Duration giveUpAfter = fetching.policy().giveUpAfter();
        return !giveUpAfter.isZero() && keptWaitingNanos > giveUpAfter.toNanos();
    }

    private void abandonOverdue(long now) {
        Duration timeout = fetching.policy().timeout();
        List<Attempt> overdue =
                fetches.abandonOverdue(
                        new TimeoutException("no picture within references.timeout, " + timeout),
                        now);
        overdue.forEach(attempt -> attempt.thread.interrupt());
        threads.lost(overdue.size(), fetches.stuck());
    }

    /** Until something may have to be done; false at the end. */
    @SuppressWarnings("WaitNotInLoop") // the caller's loop
    private boolean pause() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!ended && fetches.isIdle()) {
                busy.await();
            }
            if (!ended) {
                busy.awaitNanos(LOOK.toNanos());
            }
            return !ended;
        } finally {
            lock.unlock();
        }
    }
}
