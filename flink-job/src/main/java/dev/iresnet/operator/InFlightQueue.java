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
    private final InFlightLimit limit;
    private final Queue<Entry> entries = new ArrayDeque<>();
    private int frames;
    private long bytes;

    /**
     * @param limit of entries and of frames' bytes. Signals count as entries: they hold nothing but
     *     must not pile up behind a slow frame either
     */
    InFlightQueue(InFlightLimit limit) {
        this.limit = limit;
    }

    /**
     * Whether an entry of this size may come in. Without frames in the queue any size may: else a
     * record that is larger than the limit would wait for ever.
     */
    boolean hasRoomFor(long entryBytes) {
        return entries.size() < limit.frames()
                && (frames == 0 || bytes + entryBytes <= limit.bytes());
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Frames whose outcome has not been taken. */
    int frames() {
        return frames;
    }

    /** Bytes of their records. */
    long bytes() {
        return bytes;
    }

    /** The caller has made sure that there is room. */
    void add(Entry entry) {
        if (!hasRoomFor(entry.bytes())) {
            throw new IllegalStateException(
                    "%d entries of %d bytes in flight are no room for %d more"
                            .formatted(entries.size(), bytes, entry.bytes()));
        }
        entries.add(entry);
        bytes += entry.bytes();
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
        bytes -= head.bytes();
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
        bytes = 0;
    }

    /** A place in the order. */
    sealed interface Entry {
        boolean isReady();

        /** What it keeps in memory. */
        long bytes();
    }

    /**
     * A record at the tagger. It stays in memory until it leaves, answered or not.
     *
     * @param timestamp Flink's timestamp of the record, milliseconds; null for none
     */
    record Frame(CompletableFuture<Outcome> outcome, long bytes, @Nullable Long timestamp)
            implements Entry {
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

        @Override
        public long bytes() {
            return 0;
        }
    }
}
