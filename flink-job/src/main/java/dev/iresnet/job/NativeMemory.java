package dev.iresnet.job;

import com.sun.management.OperatingSystemMXBean;
import dev.iresnet.engine.Mebibytes;
import dev.iresnet.operator.TaggingException;
import java.lang.management.ManagementFactory;

/**
 * The memory of the machine, or of the container, that the JVM cannot take for its heap. Pictures
 * are decoded there, and the network has its weights there. Direct memory is not taken off: Flink
 * counts the room for native libraries ({@code taskmanager.memory.task.off-heap.size}) in its
 * limit.
 *
 * @param bytes of it
 */
record NativeMemory(long bytes) {
    static NativeMemory now() {
        long machine =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                        .getTotalMemorySize();
        return new NativeMemory(machine - Runtime.getRuntime().maxMemory());
    }

    /**
     * Refuses what cannot fit: the kernel would kill the process at the first large pictures.
     *
     * @param decoders that decode a picture each
     * @param picture bytes that a decoder takes at most
     * @throws TaggingException naming the sum and the keys to change
     */
    void mustFit(int decoders, long picture) {
        long needed = decoders * picture;
        if (needed > bytes) {
            throw new TaggingException(
                    "decode.threads %d x %d MiB that the largest picture takes while it is decoded (image.max-bytes + 11 bytes for each of image.max-pixels) are %d MiB of native memory, and the heap leaves %d MiB of this machine or container: lower decode.threads or image.max-pixels, or give it %d MiB more"
                            .formatted(
                                    decoders,
                                    Mebibytes.holding(picture),
                                    Mebibytes.holding(needed),
                                    Mebibytes.within(Math.max(0, bytes)),
                                    Mebibytes.holding(needed - Math.max(0, bytes))));
        }
    }
}
