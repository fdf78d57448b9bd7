package dev.iresnet.engine.watch;

import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The batches on the device, and whether one has been there for too long.
 *
 * <p>Their time is what {@link #look} sees pass: between two looks it counts no more than a fixed
 * step. So a process that was stopped, or paused by its garbage collector, does not take its own
 * absence for the device's. A batch's time begins with the first look that finds it, so that it is
 * never held against a batch how long ago the look before was.
 *
 * <p>Time is passed in, never read. Thread-safe.
 */
public final class InFlightBatches {
    /** Looks in the longest permitted time. */
    private static final int LOOKS = 16;

    private final Duration longest;
    private final Map<Thread, Running> running = new HashMap<>();
    private long lastLook;
    private long watched;

    private static final long NOT_SEEN = -1;

    private record Running(int frames, Instant since, long watchedAtStart) {
        Running seen(long watched) {
            return watchedAtStart == NOT_SEEN ? new Running(frames, since, watched) : this;
        }
    }

    /**
     * A batch that has been on the device for too long.
     *
     * @param thread that waits for it
     * @param frames its size
     * @param since when it began
     */
    public record Hung(Thread thread, int frames, Instant since) {}

    /**
     * Nothing is on the device.
     *
     * @param longest that a batch may take
     * @param now nanoseconds of any origin, as for {@link #look}
     */
    public InFlightBatches(Duration longest, long now) {
        this.longest = longest;
        this.lastLook = now;
    }

    /** A model that tells of its batches. */
    public Model watched(Model model, InstantSource wall) {
        return new WatchedModel(model, this, wall);
    }

    synchronized void began(Thread thread, int frames, Instant since) {
        running.put(thread, new Running(frames, since, NOT_SEEN));
    }

    synchronized void ended(Thread thread) {
        running.remove(thread);
    }

    public synchronized int count() {
        return running.size();
    }

    /** How often to look. */
    public Duration pause() {
        return longest.dividedBy(LOOKS);
    }

    /** One of the batches that have been there too long, if there are any. */
    public synchronized Optional<Hung> look(long now) {
        // Looks come late on a busy machine: up to twice the pause it is still the device's time.
        watched += Math.min(now - lastLook, 2 * pause().toNanos());
        lastLook = now;
        running.replaceAll((thread, batch) -> batch.seen(watched));
        return running.entrySet().stream()
                .filter(entry -> watched - entry.getValue().watchedAtStart() > longest.toNanos())
                .map(
                        entry ->
                                new Hung(
                                        entry.getKey(),
                                        entry.getValue().frames(),
                                        entry.getValue().since()))
                .findFirst();
    }

    /** A model whose batches are known while they run. */
    private record WatchedModel(Model model, InFlightBatches onDevice, InstantSource wall)
            implements Model {

        @Override
        public ModelDescription description() {
            return model.description();
        }

        @Override
        public List<Prediction> predict(List<Sample> samples) {
            onDevice.began(Thread.currentThread(), samples.size(), wall.instant());
            try {
                return model.predict(samples);
            } finally {
                onDevice.ended(Thread.currentThread());
            }
        }

        @Override
        public void close() {
            model.close();
        }
    }
}
