package dev.iresnet.clip;

import dev.iresnet.event.Frame;
import dev.iresnet.event.RawRecord;
import dev.iresnet.result.FrameResult;
import java.util.List;

/**
 * A clip that is complete.
 *
 * @param last frame; the clip's result has its names
 * @param record of the last frame, without its value
 * @param frames in order, the last one among them
 */
public record Clip(Frame.Identity last, RawRecord record, List<ClipFrame> frames) {
    public Clip {
        frames = List.copyOf(frames);
    }

    /** Of its pixels, and of what grows with its record. */
    public long memory() {
        long bytes = record.memory();
        for (ClipFrame frame : frames) {
            bytes += frame.pixels().length;
        }
        return bytes;
    }

    /** Its first frame and its last. */
    public FrameResult.ClipSpan span() {
        ClipFrame first = frames.get(0);
        return new FrameResult.ClipSpan(
                first.number(), last.frameNumber(), first.capturedAt(), last.capturedAt());
    }
}
