package dev.iresnet.serving;

import dev.iresnet.event.Frame;
import dev.iresnet.event.Picture;

/**
 * A frame whose picture is to be fetched, and how that went so far. Guarded by {@link Fetches}.
 * Times are nanoseconds.
 */
final class Fetch {
    static final long NEVER = Long.MAX_VALUE;

    final Request request;
    final Frame frame;
    final Picture.Referred picture;

    /** When a decoder took the record. */
    final long takenAt;

    /** When the fetch was asked for. */
    final long addedAt;

    /** Order of their coming. */
    final long number;

    /** Before this it need not be tried again. */
    long dueAt;

    int failures;
    long firstFailedAt = NEVER;

    Fetch(Request request, Frame frame, Picture.Referred picture, long takenAt, Arrival arrival) {
        this.request = request;
        this.frame = frame;
        this.picture = picture;
        this.takenAt = takenAt;
        this.addedAt = arrival.at();
        this.number = arrival.number();
        this.dueAt = arrival.at();
    }

    /**
     * A fetch's place in time.
     *
     * @param at nanoseconds
     */
    record Arrival(long number, long at) {}

    String store() {
        return picture.uri().store();
    }

    int size() {
        return picture.size();
    }
}
