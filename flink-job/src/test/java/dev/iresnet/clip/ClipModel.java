package dev.iresnet.clip;

import dev.iresnet.clip.CameraClips.Seen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The clips of a camera, worked out from the whole list of its frames: first what belongs together,
 * then what is taken of it, then clips of that. For comparison with {@link ClipAssembler}.
 */
public final class ClipModel {
    private ClipModel() {}

    /**
     * A frame of the list.
     *
     * @param missing whether its pixels are not there
     */
    public record Sent(Seen frame, boolean missing) {}

    /** Each clip's frames. */
    public static List<List<Seen>> clips(List<Sent> sent, ClipRules rules) {
        List<List<Seen>> clips = new ArrayList<>();
        for (List<Seen> run : runs(sent, rules)) {
            for (int first = 0; first + rules.length() <= run.size(); first += rules.step()) {
                clips.add(run.subList(first, first + rules.length()));
            }
        }
        return clips;
    }

    /** What is taken, in stretches that no clip leaves. */
    private static List<List<Seen>> runs(List<Sent> sent, ClipRules rules) {
        List<List<Seen>> runs = new ArrayList<>();
        List<Seen> run = new ArrayList<>();
        Seen last = null;
        int since = 0;
        for (Sent one : sent) {
            Seen frame = one.frame();
            boolean far = last != null && micros(last, frame) > rules.maxGap().toNanos() / 1000;
            boolean recounted =
                    last != null
                            && numbered(last, frame)
                            && frame.number() < last.number()
                            && frame.capturedAt().isAfter(last.capturedAt());
            if (last != null && !far && !recounted && isOld(last, frame)) {
                continue;
            }
            if (one.missing()) {
                if (last == null || far || recounted) {
                    continue;
                }
                since++;
                if (rules.missing() == MissingFrames.RESTART) {
                    runs.add(run);
                    run = new ArrayList<>();
                }
                continue;
            }
            if (far || recounted) {
                runs.add(run);
                run = new ArrayList<>();
            }
            since++;
            last = frame;
            if (run.isEmpty() || isTaken(run.get(run.size() - 1), frame, since, rules)) {
                run.add(frame);
                since = 0;
            }
        }
        runs.add(run);
        return runs;
    }

    private static boolean isOld(Seen last, Seen frame) {
        if (numbered(last, frame)) {
            return frame.number() <= last.number();
        }
        return frame.capturedAt().isBefore(last.capturedAt())
                || (frame.capturedAt().equals(last.capturedAt())
                        && frame.eventId().equals(last.eventId()));
    }

    private static boolean isTaken(Seen taken, Seen frame, int since, ClipRules rules) {
        if (!rules.strideTime().isZero()) {
            return !frame.capturedAt().isBefore(taken.capturedAt().plus(rules.strideTime()));
        }
        return numbered(taken, frame)
                ? frame.number() >= taken.number() + rules.stride()
                : since >= rules.stride();
    }

    private static boolean numbered(Seen one, Seen other) {
        return one.number() >= 0 && other.number() >= 0;
    }

    private static long micros(Seen one, Seen other) {
        return Math.abs(Duration.between(one.capturedAt(), other.capturedAt()).toNanos() / 1000);
    }
}
