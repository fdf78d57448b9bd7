package dev.iresnet.result;

import dev.iresnet.event.Frame;
import dev.iresnet.event.RawRecord;

/**
 * A frame's crop, to be part of a clip. The pixels are shared, not copied: do not change them.
 *
 * @param record of the frame, without its value
 * @param pixels uint8 [H,W,3] RGB
 */
@SuppressWarnings("ArrayRecordComponent") // bytes in transit, never compared
public record FrameCrop(Frame.Identity frame, RawRecord record, byte[] pixels)
        implements FrameOutcome {
    @Override
    public RawRecord.Position source() {
        return record.position();
    }
}
