package dev.iresnet.serving;

import dev.iresnet.event.Frame;
import java.nio.ByteBuffer;

/**
 * A decoded frame that waits for a device.
 *
 * @param crop from the engine's pool; goes back once the device has copied it
 */
record ReadyFrame(Request request, Frame frame, ByteBuffer crop, Times times) {

    /**
     * How it came here, nanoseconds.
     *
     * @param takenAt when a decoder took the record
     * @param fetch what of the time since then its picture was waited for; 0 if the event has it
     * @param readyAt when its crop was filled
     */
    record Times(long takenAt, long fetch, long readyAt) {}

    /**
     * Where its time went.
     *
     * @param sealedAt when its batch was formed, nanoseconds
     * @param inference nanoseconds on the device
     * @param batchSize frames in its batch
     */
    Timings timings(long sealedAt, long inference, int batchSize) {
        return new Timings(
                times.takenAt - request.submittedAt(),
                times.fetch,
                times.readyAt - times.takenAt - times.fetch,
                sealedAt - times.readyAt,
                inference,
                batchSize);
    }
}
