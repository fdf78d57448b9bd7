package dev.iresnet.operator;

import dev.iresnet.result.FrameListener;
import dev.iresnet.result.FrameOutcome;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.util.function.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * What has gone in and not yet come out, in the order of its coming in. Nothing overtakes anything:
 * neither a frame another frame, nor a watermark a frame. Used by the task thread alone, but for
 * the answers to frames, which may come on any; it has no threads and no timers.
 *
 * <p>Cf. Flink's {@code OrderedStreamElementQueue}.
 */
final class InFlightQueue {
    /** Entries at most, in the limit's frames: answered ones are small, and still not nothing. */
    private static final int ENTRIES = 32;

    private final InFlightLimit limit;
    private final Queue<Entry> entries = new ArrayDeque<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicLong decodingLeft = new AtomicLong();
    private int frames;
    private int signals;
    private long bytes;

    /**
     * @param limit of unanswered frames and of all frames' bytes. Signals count as frames: they
     *     hold nothing but must not pile up behind a slow frame either
     */
    InFlightQueue(InFlightLimit limit) {
        this.limit = limit;
    }

    /**
     * Whether an entry of this size may come in. Without frames in the queue any size may: else a
     * record that is larger than the limit would wait for ever. A frame that is answered takes its
     * bytes and no place: else those of a camera that is shed from would keep others in Kafka.
     */
    boolean hasRoomFor(long entryBytes) {
        return unanswered.get() + signals < limit.frames()
                && entries.size() < (long) ENTRIES * limit.frames()
                && (frames == 0 || bytes + entryBytes <= limit.bytes());
    }

    /**
     * Whether the decoding of one more picture may be begun, so that all of it is done in time when
     * a barrier comes. What a picture takes is not known before its header is read: until then it
     * counts as the most that is allowed. With nothing left to decode any picture may come in.
     *
     * @param most that a picture may take
     * @param inTime what is decoded within the limit's time
     */
    boolean mayDecode(long most, long inTime) {
        long left = decodingLeft.get();
        return left == 0 || left <= inTime - most;
    }

    /** Counts a picture that {@link #mayDecode} has let in, until it is told that 0 is left. */
    LongConsumer decoding(long most, Runnable less) {
        return new Decoding(most, less);
    }

    /** Work of pictures that are not decoded. */
    long decodingLeft() {
        return decodingLeft.get();
    }

    /** Whether fewer frames than so many are there, or none is. */
    boolean hasFewerThan(long most) {
        return frames == 0 || frames < most;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Frames whose outcome has not been taken. */
    int frames() {
        return frames;
    }

    /** What they keep in memory. */
    long bytes() {
        return bytes;
    }

    /**
     * Adds a frame. The caller has made sure that there is room.
     *
     * @param answered called when the frame no longer takes a place, by whichever thread answers it
     */
    void add(InFlightFrame frame, Runnable answered) {
        enter(frame);
        frames++;
        unanswered.incrementAndGet();
        var unused =
                frame.outcome()
                        .whenComplete(
                                (outcome, failure) -> {
                                    unanswered.decrementAndGet();
                                    answered.run();
                                });
    }

    /** Adds a signal. The caller has made sure that there is room. */
    void add(Signal signal) {
        enter(signal);
        signals++;
    }

    private void enter(Entry entry) {
        if (!hasRoomFor(entry.bytes())) {
            throw new IllegalStateException(
                    "%d entries of %d bytes in flight are no room for %d more"
                            .formatted(entries.size(), bytes, entry.bytes()));
        }
        entries.add(entry);
        bytes += entry.bytes();
    }

    /** The oldest entry if it is ready to leave, and null otherwise. */
    @Nullable Entry poll() {
        Entry head = entries.peek();
        if (head == null || !head.isReady()) {
            return null;
        }
        entries.remove();
        bytes -= head.bytes();
        if (head instanceof InFlightFrame) {
            frames--;
        } else {
            signals--;
        }
        return head;
    }

    /** Forgets everything, and cancels the promises of all frames. */
    void cancel() {
        for (Entry entry : entries) {
            if (entry instanceof InFlightFrame frame) {
                frame.outcome().cancel(false);
            }
        }
        entries.clear();
        frames = 0;
        signals = 0;
        bytes = 0;
    }

    /** What is left of a frame; once 0 it stays. */
    private final class Decoding implements LongConsumer {
        private final AtomicLong left;
        private final Runnable less;

        Decoding(long most, Runnable less) {
            this.left = new AtomicLong(most);
            this.less = less;
            decodingLeft.addAndGet(most);
        }

        @Override
        public void accept(long now) {
            long before = left.getAndUpdate(last -> last == 0 ? 0 : now);
            if (before != 0 && before != now) {
                decodingLeft.addAndGet(now - before);
                less.run();
            }
        }
    }

    /** A place in the order. */
    sealed interface Entry {
        boolean isReady();

        /** What it keeps in memory. */
        long bytes();
    }

    /**
     * A record at the engine. It stays in memory until it leaves, answered or not.
     *
     * @param timestamp Flink's timestamp of the record, milliseconds, or {@link
     *     TimestampAssigner#NO_TIMESTAMP}
     * @param listener is told when its outcome leaves
     */
    record InFlightFrame(
            CompletableFuture<FrameOutcome> outcome,
            long bytes,
            long timestamp,
            FrameListener listener)
            implements Entry {
        @Override
        public boolean isReady() {
            return outcome.isDone();
        }

        /** What became of it, once it is ready. */
        FrameOutcome answer() {
            try {
                return outcome.join();
            } catch (CancellationException e) {
                // not the model's fault: a restart gets a new engine
                throw new IllegalStateException("The engine was closed under the task", e);
            } catch (CompletionException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                if (cause instanceof Error error) {
                    // the process is at fault, not the model: Flink knows which errors it survives
                    throw error;
                }
                // Whatever it is: the model could be loaded, so it is worth another engine.
                throw new EngineException(
                        "The model or its device failed while labelling, and the job restarts with a"
                                + " new engine: "
                                + cause.getMessage(),
                        cause);
            }
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
