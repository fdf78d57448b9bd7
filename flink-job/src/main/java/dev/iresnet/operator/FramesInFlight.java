package dev.iresnet.operator;

import dev.iresnet.engine.Mebibytes;
import java.io.Serializable;

/**
 * What the frames under way may take of a task manager's heap. They wait as the records that they
 * came as; the next one is in memory, too, while it waits for room.
 *
 * @param slotBytes what a slot may have under way, see {@link InFlightLimit}
 * @param largest bytes of a record at most
 * @param fetched bytes of referenced pictures in a task manager at most
 */
public record FramesInFlight(long slotBytes, int largest, long fetched) implements Serializable {
    /**
     * Of the heap; the rest is for Flink, Kafka's buffers, and what a frame is while it is read.
     */
    private static final double SHARE = 0.75;

    /**
     * Refuses more than fits.
     *
     * @param slots that run this job in this process
     * @param heap bytes that the process may have
     * @throws TaggingException naming the sum and the keys to change
     */
    void mustFit(int slots, long heap) {
        long bytes = slots * (inSlot() + largest) + fetched;
        long room = (long) (SHARE * heap);
        if (bytes > room) {
            throw new TaggingException(
                    "%d slots x (%d bytes of frames (input.max-in-flight-bytes) + the next one of %d bytes (max.message.bytes of the input topics))%s may take %d MiB of heap, and there is room for %d, which is 0.75 of the heap: lower input.max-in-flight-bytes, max.message.bytes%s or taskmanager.numberOfTaskSlots, or raise taskmanager.memory.task.heap.size by %d MiB"
                            .formatted(
                                    slots,
                                    inSlot(),
                                    largest,
                                    fetched == 0
                                            ? ""
                                            : " + %d MiB (references.max-memory)"
                                                    .formatted(Mebibytes.holding(fetched)),
                                    Mebibytes.holding(bytes),
                                    Mebibytes.within(room),
                                    fetched == 0 ? "" : ", references.max-memory",
                                    Mebibytes.holding((long) (bytes / SHARE) - heap)));
        }
    }

    /** A single record is let in however large it is. */
    private long inSlot() {
        return Math.max(slotBytes, largest);
    }
}
