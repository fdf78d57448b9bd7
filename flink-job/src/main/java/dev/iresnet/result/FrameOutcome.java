package dev.iresnet.result;

import dev.iresnet.event.RawRecord;

/** What became of a record: exactly one of these for each. Immutable. */
public sealed interface FrameOutcome permits FrameResult, FrameFailure, FrameCrop {

    /** Where the record was read. */
    RawRecord.Position source();
}
