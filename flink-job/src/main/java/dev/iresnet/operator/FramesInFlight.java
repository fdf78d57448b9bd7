package dev.iresnet.operator;

import java.io.Serializable;

/**
 * What the frames under way may take of a task manager's heap. They wait as the records that they
 * came as.
 *
 * @param slot frames of a slot at most
 * @param largest bytes of a record at most
 */
public record FramesInFlight(int slot, int largest) implements Serializable {
    /**
     * Of the heap; the rest is for Flink, Kafka's buffers, and what a frame is while it is read.
     */
    private static final double SHARE = 0.75;

    private static final long MIB = 1 << 20;

    /**
     * Refuses more than fits.
     *
     * @param slots that run this job in this process
     * @param heap bytes that the process may have
     * @throws TaggingException naming the sum and the keys to change
     */
    void mustFit(int slots, long heap) {
        long bytes = (long) slots * slot * largest;
        long room = (long) (SHARE * heap);
        if (bytes > room) {
            throw new TaggingException(
                    "%d slots x %d frames (input.max-in-flight) x %d bytes (max.message.bytes of the input topics) may take %d MiB of heap, and there is room for %d, which is 0.75 of the heap: lower input.max-in-flight, max.message.bytes or taskmanager.numberOfTaskSlots, or raise taskmanager.memory.task.heap.size by %d MiB"
                            .formatted(
                                    slots,
                                    slot,
                                    largest,
                                    mebibytes(bytes),
                                    room / MIB,
                                    mebibytes((long) (bytes / SHARE) - heap)));
        }
    }

    private static long mebibytes(long bytes) {
        return (bytes + MIB - 1) / MIB;
    }
}
