package dev.iresnet.serving;

import java.nio.ByteBuffer;

/**
 * A frame whose picture has been fetched and waits for a decoder, which then gives the memory back.
 *
 * @param bytes those that the event has promised
 */
record Fetched(PictureDesk.Referring frame, ByteBuffer bytes) implements Work {
    /** Gives the picture's memory back. */
    void release() {
        frame.release();
    }

    @Override
    public Request request() {
        return frame.request();
    }
}
