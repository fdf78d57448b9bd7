package dev.iresnet.local.wall;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The wall at a moment. It holds times, not ages, so that it stays true.
 *
 * @param cameras in the order in which they were first seen
 * @param letters the newest dead letters of all cameras, newest first
 * @param model that made the newest result; empty before the first
 */
record Snapshot(List<View> cameras, List<Dead> letters, Totals totals, String model) {

    /** Before anything was read. */
    static final Snapshot EMPTY =
            new Snapshot(
                    List.of(),
                    List.of(),
                    new Totals(0, 0, 0, 0, 0, 0, 0, OptionalDouble.empty()),
                    "");

    Snapshot {
        cameras = List.copyOf(cameras);
        letters = List.copyOf(letters);
    }

    /**
     * A camera.
     *
     * @param number for URLs
     * @param result its newest; null where there were dead letters only
     * @param letter its newest
     * @param answeredAt when the newest answer was read
     */
    record View(
            int number,
            String name,
            Answer.@Nullable Result result,
            @Nullable Dead letter,
            CameraCounts counts,
            Instant answeredAt) {}

    /**
     * Of one camera.
     *
     * @param perSecond results a second, lately
     */
    record CameraCounts(long results, long letters, OptionalDouble perSecond) {}

    /**
     * A dead letter.
     *
     * @param at when it was read
     */
    record Dead(Answer.Letter letter, Instant at) {}

    /**
     * Of all cameras, since the wall was opened.
     *
     * @param in records in the input topic
     * @param labelled results with labels, of low confidence too
     * @param lowConfidence of these, those whose best score is below the job's threshold
     * @param stale results of frames that were too old to be looked at
     * @param deadLettered dead letters
     * @param unreadable records of the output topic that are no results
     * @param unshown answers of cameras for which the wall had no room
     * @param perSecond results a second, lately
     */
    record Totals(
            long in,
            long labelled,
            long lowConfidence,
            long stale,
            long deadLettered,
            long unreadable,
            long unshown,
            OptionalDouble perSecond) {

        /** Records that have not been answered yet; repeated answers count only once towards it. */
        long waiting() {
            return Math.max(0, in - labelled - stale - deadLettered);
        }
    }
}
