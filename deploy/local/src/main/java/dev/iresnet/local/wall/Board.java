package dev.iresnet.local.wall;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Where the newest snapshot hangs. Any thread may look. */
final class Board {

    /**
     * Snapshots whose pictures can still be asked for: a browser asks a moment after it was told of
     * a frame, when there may be newer ones.
     */
    static final int REMEMBERED = 16;

    private final Deque<Snapshot> newest = new ArrayDeque<>();
    private Phase phase = Phase.STARTING;
    private long version;

    /** How the run stands; in this order. */
    enum Phase {
        /** The job is not ready yet. */
        STARTING,
        /** Answers can come. */
        RUNNING,
        /** The topics cannot be read any more. */
        FAILED,
        /** The run is over; nothing will come. */
        ENDED
    }

    /**
     * What is on the board.
     *
     * @param version grows with each change
     */
    record Sight(Phase phase, Snapshot snapshot, long version) {}

    Board() {
        newest.add(Snapshot.EMPTY);
    }

    synchronized void hang(Snapshot snapshot) {
        newest.addLast(snapshot);
        if (newest.size() > REMEMBERED) {
            newest.removeFirst();
        }
        change();
    }

    /** There is no way back to an earlier phase. */
    synchronized void enter(Phase next) {
        if (next.compareTo(phase) > 0) {
            phase = next;
            change();
        }
    }

    /** The newest, as soon as it is newer than a version, or that time has passed. */
    synchronized Sight await(long seen, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (version <= seen) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                break;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return new Sight(phase, newest.getLast(), version);
    }

    /** The result that a snapshot told of, unless that was too long ago. */
    synchronized Optional<Answer.Result> result(int camera, String eventId) {
        return newest.stream()
                .flatMap(snapshot -> snapshot.cameras().stream())
                .filter(view -> view.number() == camera)
                .flatMap(view -> Optional.ofNullable(view.result()).stream())
                .filter(result -> result.eventId().equals(eventId))
                .findFirst();
    }

    private void change() {
        version++;
        notifyAll();
    }
}
