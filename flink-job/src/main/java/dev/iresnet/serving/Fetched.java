package dev.iresnet.serving;

import java.nio.ByteBuffer;

/**
 * A frame whose picture has been fetched and waits for a decoder, which then gives the memory back.
 *
 * @param bytes those that the event has promised
 */
record Fetched(PictureDesk.Referring frame, ByteBuffer bytes) implements Work {
    @Override
    public Request request() {
        return frame.request();
    }
}
