package dev.iresnet.proving.feed;

import dev.iresnet.proving.manifest.ManifestEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Sends pictures as cameras do: each frame when it is due, whether or not the ones before it have
 * been answered (an open loop). A frame's capture time is the time when it was due, not when it was
 * sent, so that a feed that falls behind cannot hide it (Tene's "coordinated omission").
 *
 * <p>Runs once, on the thread that calls {@link #run}; {@link #stop} may be called on any.
 */
public final class Feed {
    /** How long at most {@link #stop} goes unnoticed. */
    private static final Duration LONGEST_SLEEP = Duration.ofMillis(100);

    private final PictureFolder pictures;
    private final FrameFormat format;
    private final Producer<byte[], byte[]> producer;
    private final Pace pace;
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicReference<@Nullable FeedException> failure = new AtomicReference<>();
    private Duration mostBehind = Duration.ZERO;
    private volatile boolean stopped;

    /**
     * @param producer idempotent, with acknowledgement by all; not closed by the feed
     */
    public Feed(
            PictureFolder pictures,
            FrameFormat format,
            Producer<byte[], byte[]> producer,
            Pace pace) {
        this.pictures = pictures;
        this.format = format;
        this.producer = producer;
        this.pace = pace;
    }

    /**
     * Returns when the plan's last frame is acknowledged, or those sent before a stop.
     *
     * @throws FeedException if a frame cannot be sent or the listener fails
     */
    public FeedReport run(FeedPlan plan, FeedListener listener) throws InterruptedException {
        Instant start = pace.now();
        ShotList shots = new ShotList(plan, pictures.scenes());
        try {
            while (shots.hasNext() && !isOver()) {
                ShotList.Shot shot = shots.next();
                Instant due = plan.isPaced() ? start.plus(shot.due()) : pace.now();
                if (waitUntil(due)) {
                    send(shot.takenAt(due), listener);
                }
            }
            producer.flush();
        } catch (InterruptException e) {
            Thread.interrupted(); // Kafka's exception has set it again
            throw new InterruptedException("the feed was interrupted while sending");
        }
        FeedException first = failure.get();
        if (first != null) {
            throw first;
        }
        return new FeedReport(acknowledged.get(), Duration.between(start, pace.now()), mostBehind);
    }

    /** Ends the feed after the frame that is being sent. */
    public void stop() {
        stopped = true;
    }

    private boolean isOver() {
        return stopped || failure.get() != null;
    }

    /** Whether the time has come, or the feed is over before it. */
    private boolean waitUntil(Instant due) throws InterruptedException {
        Duration left = Duration.between(pace.now(), due);
        while (left.compareTo(Duration.ZERO) > 0) {
            if (isOver()) {
                return false;
            }
            pace.sleep(left.compareTo(LONGEST_SLEEP) < 0 ? left : LONGEST_SLEEP);
            left = Duration.between(pace.now(), due);
        }
        Duration behind = left.negated();
        mostBehind = behind.compareTo(mostBehind) > 0 ? behind : mostBehind;
        return true;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of every error
    private void send(ManifestEntry frame, FeedListener listener) {
        producer.send(
                format.record(frame, pictures.read(frame.file())),
                (where, error) -> {
                    if (error == null) {
                        acknowledge(format.acknowledged(frame, where), listener);
                    } else {
                        fail("cannot send %s: %s".formatted(frame.file(), error), error);
                    }
                });
    }

    private void acknowledge(ManifestEntry frame, FeedListener listener) {
        try {
            listener.acknowledged(frame);
            acknowledged.incrementAndGet();
        } catch (RuntimeException e) {
            // Kafka would only log it, and the manifest would lack a line.
            fail("the feed cannot go on: " + e.getMessage(), e);
        }
    }

    private void fail(String message, Throwable cause) {
        failure.compareAndSet(null, new FeedException(message, cause));
    }
}
