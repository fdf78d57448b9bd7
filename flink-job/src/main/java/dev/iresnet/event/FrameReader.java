package dev.iresnet.event;

/** Reads the frame that a record carries. Thread-safe; one for each {@code input.format}. */
public interface FrameReader {

    /**
     * Reads and checks everything but the picture itself.
     *
     * @return a frame whose picture is a slice of the record's value, not a copy, or a place that
     *     may be read
     * @throws FrameException if the record is at fault
     */
    Frame read(RawRecord record) throws FrameException;
}
