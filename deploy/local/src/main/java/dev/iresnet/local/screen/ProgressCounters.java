package dev.iresnet.local.screen;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;

/**
 * Counts what comes by. Confined to one thread; time is passed in.
 *
 * <p>Rate and latencies are of the last while, so that they show how it goes now.
 */
final class ProgressCounters {

    private static final int LATENCIES = 1024;
    private static final int SIGHTINGS = 3;
    private static final Duration RATE_WINDOW = Duration.ofSeconds(3);

    private record Count(long nanos, long labelled) {}

    private final long startNanos;
    private final long[] latencies = new long[LATENCIES];
    private final Deque<Sighting> last = new ArrayDeque<>();
    private final Deque<Count> counts = new ArrayDeque<>();
    private long in;
    private long results;
    private long labelled;
    private long deadLettered;

    ProgressCounters(long startNanos) {
        this.startNanos = startNanos;
        counts.add(new Count(startNanos, 0));
    }

    /** Frames that have arrived, all in all. */
    void arrived(long frames) {
        in = frames;
    }

    void labelled(Sighting sighting) {
        latencies[(int) (results++ % LATENCIES)] = sighting.latencyMillis();
        labelled += sighting.frames();
        show(sighting);
    }

    void deadLettered() {
        deadLettered++;
    }

    Progress progress(long nowNanos) {
        return new Progress(
                Duration.ofNanos(nowNanos - startNanos),
                in,
                labelled,
                deadLettered,
                rate(nowNanos),
                Progress.Quantiles.of(Arrays.copyOf(latencies, (int) Math.min(results, LATENCIES))),
                last.stream().toList());
    }

    private double rate(long nowNanos) {
        counts.addLast(new Count(nowNanos, labelled));
        while (nowNanos - counts.getFirst().nanos() > RATE_WINDOW.toNanos()) {
            counts.removeFirst();
        }
        Count oldest = counts.getFirst();
        return nowNanos == oldest.nanos()
                ? 0
                : (labelled - oldest.labelled()) * 1e9 / (nowNanos - oldest.nanos());
    }

    /** One a camera, newest first: the same camera thrice would tell less. */
    private void show(Sighting sighting) {
        for (Iterator<Sighting> shown = last.iterator(); shown.hasNext(); ) {
            if (shown.next().cameraId().equals(sighting.cameraId())) {
                shown.remove();
            }
        }
        last.addFirst(sighting);
        if (last.size() > SIGHTINGS) {
            last.removeLast();
        }
    }
}
