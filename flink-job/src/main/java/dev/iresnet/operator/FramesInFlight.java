package dev.iresnet.operator;

import dev.iresnet.engine.Mebibytes;
import java.io.Serializable;

/**
 * What the frames under way may take of a task manager's heap. They wait as the records that they
 * came as, and in a job for clips as the crops that are made of these; the next one is in memory,
 * too, while it waits for room.
 *
 * <p>A frame with its crop, or a clip, that is larger than {@code slotBytes} goes alone. That is
 * not in the sum, because the model is not known here: the limit is 64 MiB unless it is lowered.
 *
 * @param slotBytes what a slot may have under way, see {@link InFlightLimit}
 * @param largest bytes of a record at most
 * @param fetched bytes of referenced pictures in a task manager at most
 * @param clips whether as many bytes of clips may be under way in a slot besides
 */
public record FramesInFlight(long slotBytes, int largest, long fetched, boolean clips)
        implements Serializable {
    /**
     * Of the heap; the rest is for Flink, Kafka's buffers, and what a frame is while it is read.
     */
    private static final double SHARE = 0.75;

    /** Of a job without clips. */
    public FramesInFlight(long slotBytes, int largest, long fetched) {
        this(slotBytes, largest, fetched, false);
    }

    /** Bytes that are left for state; negative if there are none. */
    public long room(int slots, long heap) {
        return (long) (SHARE * heap) - bytes(slots);
    }

    /** The heap in which there is room for so many bytes. */
    public static long heapFor(long bytes) {
        return (long) (bytes / SHARE);
    }

    private long bytes(int slots) {
        return slots * (inSlot() + largest + (clips ? slotBytes : 0)) + fetched;
    }

    /**
     * Refuses more than fits.
     *
     * @param slots that run this job in this process
     * @param heap bytes that the process may have
     * @throws TaggingException naming the sum and the keys to change
     */
    void mustFit(int slots, long heap) {
        long bytes = bytes(slots);
        long room = (long) (SHARE * heap);
        if (bytes > room) {
            throw new TaggingException(
                    "%d slots x (%d bytes of frames (input.max-in-flight-bytes) + the next one of %d bytes (max.message.bytes of the input topics)%s)%s may take %d MiB of heap, and there is room for %d, which is 0.75 of the heap: lower input.max-in-flight-bytes, max.message.bytes%s or taskmanager.numberOfTaskSlots, or raise taskmanager.memory.task.heap.size by %d MiB"
                            .formatted(
                                    slots,
                                    inSlot(),
                                    largest,
                                    clips
                                            ? " + %d bytes of clips (input.max-in-flight-bytes)"
                                                    .formatted(slotBytes)
                                            : "",
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
