package dev.iresnet.engine;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.iresnet.model.ModelException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The process's memory for direct buffers. Flink gives it what {@code taskmanager.memory} reserves
 * for network, framework and tasks together.
 *
 * @param limit bytes that it may have
 * @param used bytes that are taken
 */
public record DirectMemory(long limit, long used) {
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);

    /** With all before it 5 s. */
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(2_560);

    /** At this moment. */
    public static DirectMemory now() {
        long limit =
                Long.parseLong(
                        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                                .getVMOption("MaxDirectMemorySize")
                                .getValue());
        long used =
                ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .filter(pool -> pool.getName().equals("direct"))
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
        // 0: the flag is not set, and the JVM allows as much as the heap may have.
        return new DirectMemory(limit == 0 ? Runtime.getRuntime().maxMemory() : limit, used);
    }

    /**
     * The memory when it has room for a pool, or at last. The crops of an engine that was closed
     * count as taken until they are collected, so where they are in the way a collection is asked
     * for and waited for, as the JVM does before it refuses a direct buffer.
     *
     * @param memory its state when asked
     */
    static DirectMemory settled(
            Supplier<DirectMemory> memory, EngineOptions options, int cropBytes) {
        DirectMemory now = memory.get();
        long pause = SHORTEST_PAUSE.toMillis();
        while (!now.fits(options, cropBytes) && pause <= LONGEST_PAUSE.toMillis()) {
            System.gc();
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return memory.get();
            }
            pause *= 2;
            now = memory.get();
        }
        return now;
    }

    private boolean fits(EngineOptions options, int cropBytes) {
        return (long) options.crops() * cropBytes <= limit - used;
    }

    /**
     * Refuses a pool that does not fit: the JVM's own error would not say what to change.
     *
     * @param cropBytes of one crop
     * @throws ModelException naming the sum and the keys to change
     */
    void mustFit(EngineOptions options, int cropBytes) {
        long bytes = (long) options.crops() * cropBytes;
        if (!fits(options, cropBytes)) {
            throw new ModelException(
                    "%d crops (2 x device.threads %d x batch.max-size %d + decode.threads %d) of %d bytes take %d MiB of direct memory, and %d of %d MiB are free: lower batch.max-size, device.threads or decode.threads, or raise taskmanager.memory.task.off-heap.size by %d MiB"
                            .formatted(
                                    options.crops(),
                                    options.deviceThreads(),
                                    options.batching().maxSize(),
                                    options.decoderThreads(),
                                    cropBytes,
                                    Mebibytes.holding(bytes),
                                    Mebibytes.within(limit - used),
                                    Mebibytes.within(limit),
                                    Mebibytes.holding(bytes - (limit - used))));
        }
    }
}
