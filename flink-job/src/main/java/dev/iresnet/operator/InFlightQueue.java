package dev.iresnet.operator;

import dev.iresnet.serving.Outcome;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.util.function.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * What has gone in and not yet come out, in the order of its coming in. Nothing overtakes anything:
 * neither a frame another frame, nor a watermark a frame. Used by the task thread alone; it has no
 * threads and no timers.
 *
 * <p>Cf. Flink's {@code OrderedStreamElementQueue}.
 */
final class InFlightQueue {
    private final int capacity;
    private final Queue<Entry> entries;
    private int frames;

    /**
     * @param capacity entries at most, signals counted: they hold nothing but must not pile up
     *     behind a slow frame either
     */
    InFlightQueue(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException(
                    "the number of frames in flight must be positive, got " + capacity);
        }
        this.capacity = capacity;
        this.entries = new ArrayDeque<>(capacity);
    }

    boolean isFull() {
        return entries.size() >= capacity;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Frames whose outcome has not been taken. */
    int frames() {
        return frames;
    }

    /** The caller has made sure that there is room. */
    void add(Entry entry) {
        if (isFull()) {
            throw new IllegalStateException("more than " + capacity + " entries in flight");
        }
        entries.add(entry);
        if (entry instanceof Frame) {
            frames++;
        }
    }

    /** The oldest entry if it is ready to leave, and null otherwise. */
    @Nullable Entry poll() {
        Entry head = entries.peek();
        if (head == null || !head.isReady()) {
            return null;
        }
        entries.remove();
        if (head instanceof Frame) {
            frames--;
        }
        return head;
    }

    /** Forgets everything, and tells the tagger that nobody waits any more. */
    void cancel() {
        for (Entry entry : entries) {
            if (entry instanceof Frame frame) {
                frame.outcome().cancel(false);
            }
        }
        entries.clear();
        frames = 0;
    }

    /** A place in the order. */
    sealed interface Entry {
        boolean isReady();
    }

    /**
     * A record at the tagger.
     *
     * @param timestamp Flink's timestamp of the record, milliseconds; null for none
     */
    record Frame(CompletableFuture<Outcome> outcome, @Nullable Long timestamp) implements Entry {
        @Override
        public boolean isReady() {
            return outcome.isDone();
        }
    }

    /** Anything that is only passed on: watermarks, their status, latency markers, attributes. */
    record Signal(ThrowingRunnable<Exception> emission) implements Entry {
        @Override
        public boolean isReady() {
            return true;
        }
    }
}
