package dev.iresnet.serving;

import dev.iresnet.event.Frame;
import java.nio.ByteBuffer;

/**
 * A decoded frame that waits for a device.
 *
 * @param crop from the engine's pool; goes back once the device has copied it
 * @param takenAt when a decoder took the record, nanoseconds
 * @param readyAt when its crop was filled, nanoseconds
 */
record ReadyFrame(Request request, Frame frame, ByteBuffer crop, long takenAt, long readyAt) {}
