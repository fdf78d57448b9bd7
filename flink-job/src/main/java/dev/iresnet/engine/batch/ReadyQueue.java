package dev.iresnet.engine.batch;

import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * A {@link Batcher} between threads: decoders add, device threads wait for the batch that is due.
 */
public final class ReadyQueue<T> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Batcher<T> batcher;
    private final LongSupplier nanos;
    private boolean closed;

    public ReadyQueue(Batcher<T> batcher, LongSupplier nanos) {
        this.batcher = batcher;
        this.nanos = nanos;
    }

    /**
     * Adds an item, never waits.
     *
     * @return false if the queue is closed and has not taken it
     */
    public boolean add(T item) {
        lock.lock();
        try {
            // The clock is read under the lock, so that the order of times is that of the queue.
            if (!closed && batcher.add(item, nanos.getAsLong())) {
                changed.signal();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a batch and takes it; an empty one says that the queue is closed. Each batch is
     * followed by {@link #done}.
     */
    public List<T> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            List<T> batch = batcher.poll(nanos.getAsLong());
            while (batch.isEmpty() && !closed) {
                await(batcher.nanosUntilDue(nanos.getAsLong()));
                batch = batcher.poll(nanos.getAsLong());
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** A batch that was taken has come back from the device. */
    public void done() {
        lock.lock();
        try {
            if (batcher.done()) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes out what matches and waits for a device. */
    public List<T> remove(Predicate<T> condition) {
        lock.lock();
        try {
            return batcher.remove(condition);
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing waits for a device. */
    public boolean isEmpty() {
        lock.lock();
        try {
            return batcher.size() == 0;
        } finally {
            lock.unlock();
        }
    }

    /** Ends all waiting and returns what has not been taken. */
    public List<T> close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            return batcher.drain();
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the caller's loop
    private void await(long nanosUntilDue) throws InterruptedException {
        if (nanosUntilDue == Batcher.NEVER) {
            changed.await();
        } else {
            changed.awaitNanos(nanosUntilDue);
        }
    }
}
