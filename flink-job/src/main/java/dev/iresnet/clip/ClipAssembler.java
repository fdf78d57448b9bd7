package dev.iresnet.clip;

import dev.iresnet.clip.CameraClips.Seen;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides which frames of a camera make its clips, by their numbers and times of capture alone. It
 * looks at no clock, so the same frames in the same order always make the same clips.
 *
 * <p>A frame follows the last one, or it is passed over, or it begins a clip anew:
 *
 * <ol>
 *   <li>Captured more than {@link ClipRules#maxGap} after or before the last one: anew. A camera
 *       was away, or its clock was set.
 *   <li>Both have numbers: a higher one follows, the same is passed over as a repeat. A lower one
 *       that was captured later begins anew, because the camera counts anew; else it is passed over
 *       as late.
 *   <li>Else captured later: follows; earlier: passed over as late. At the same time: passed over
 *       as a repeat if it has the same event id, else it follows.
 * </ol>
 *
 * Immutable.
 */
public final class ClipAssembler {
    /** Of a frame whose pixels are not kept. */
    public static final int NO_SLOT = -1;

    private final ClipRules rules;

    /** What becomes of a frame. */
    public enum Fate {
        /** Its pixels are kept. */
        KEPT,
        /** By stride or step it belongs to no clip. */
        LEFT_OUT,
        /** It is a repeat, or late. */
        PASSED_OVER
    }

    /**
     * A frame's effect.
     *
     * @param after it
     * @param slot where its pixels go, or {@link #NO_SLOT}
     * @param complete whether it is the last frame of a clip
     * @param anew whether it has ended what was there before it
     * @param lost frames that were kept before and will never be in a clip
     */
    public record Step(
            CameraClips after, Fate fate, int slot, boolean complete, boolean anew, int lost) {}

    private enum Order {
        FOLLOWS,
        PASSED_OVER,
        ANEW
    }

    public ClipAssembler(ClipRules rules) {
        this.rules = rules;
    }

    /** A frame has come whose pixels are there. */
    public Step next(CameraClips before, Seen frame) {
        return switch (order(before.last(), frame)) {
            case PASSED_OVER -> new Step(before, Fate.PASSED_OVER, NO_SLOT, false, false, 0);
            case ANEW -> {
                Step begun = follow(CameraClips.NONE, frame);
                yield new Step(
                        begun.after(),
                        begun.fate(),
                        begun.slot(),
                        begun.complete(),
                        true,
                        before.fresh());
            }
            case FOLLOWS -> follow(before, frame);
        };
    }

    /** A frame is known to have been captured, and its pixels are not there. */
    public Step missing(CameraClips before, Seen frame) {
        if (before.last() == null || order(before.last(), frame) != Order.FOLLOWS) {
            return new Step(before, Fate.PASSED_OVER, NO_SLOT, false, false, 0);
        }
        if (rules.missing() == MissingFrames.SKIP || before.taken() == null) {
            // not the last one: with its pixels it may come again
            return new Step(before.passed(before.last()), Fate.LEFT_OUT, NO_SLOT, false, false, 0);
        }
        return new Step(before.begun(), Fate.LEFT_OUT, NO_SLOT, false, true, before.fresh());
    }

    private Order order(@Nullable Seen last, Seen frame) {
        if (last == null) {
            return Order.FOLLOWS;
        }
        Duration later = Duration.between(last.capturedAt(), frame.capturedAt());
        if (later.abs().compareTo(rules.maxGap()) > 0) {
            return Order.ANEW;
        }
        boolean earlier = later.isNegative();
        if (areNumbered(last, frame)) {
            if (frame.number() > last.number()) {
                return Order.FOLLOWS;
            }
            boolean countsAnew = frame.number() < last.number() && !earlier && !later.isZero();
            return countsAnew ? Order.ANEW : Order.PASSED_OVER;
        }
        boolean repeated = later.isZero() && frame.eventId().equals(last.eventId());
        return earlier || repeated ? Order.PASSED_OVER : Order.FOLLOWS;
    }

    private Step follow(CameraClips before, Seen frame) {
        if (!isTaken(before, frame)) {
            return new Step(before.passed(frame), Fate.LEFT_OUT, NO_SLOT, false, false, 0);
        }
        int length = rules.length();
        long due = (before.taken() == null ? length : before.due()) - 1;
        if (due >= length) {
            CameraClips after =
                    new CameraClips(
                            before.held(), before.fresh(), before.slot(), due, 0, frame, frame);
            return new Step(after, Fate.LEFT_OUT, NO_SLOT, false, false, 0);
        }
        boolean complete = due == 0;
        CameraClips after =
                new CameraClips(
                        complete
                                ? Math.max(0, length - rules.step())
                                : Math.min(length, before.held() + 1),
                        complete ? 0 : before.fresh() + 1,
                        (before.slot() + 1) % length,
                        complete ? rules.step() : due,
                        0,
                        frame,
                        frame);
        return new Step(after, Fate.KEPT, before.slot(), complete, false, 0);
    }

    private boolean isTaken(CameraClips before, Seen frame) {
        Seen taken = before.taken();
        if (taken == null) {
            return true;
        }
        if (!rules.strideTime().isZero()) {
            return Duration.between(taken.capturedAt(), frame.capturedAt())
                            .compareTo(rules.strideTime())
                    >= 0;
        }
        return (areNumbered(taken, frame) ? frame.number() - taken.number() : before.since() + 1)
                >= rules.stride();
    }

    private static boolean areNumbered(Seen one, Seen other) {
        return one.number() >= 0 && other.number() >= 0;
    }
}
