package dev.iresnet.benchmark.job;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** What this process uses from one look to the next. Used by one thread. */
final class Usage {
    private final OperatingSystemMXBean system =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private Map<Long, Long> bytesBefore = new HashMap<>();
    private long cpuBefore;

    /** Who allocates. */
    enum Kind {
        /** Kafka's consumer: what is allocated before there is a ConsumerRecord. */
        CONSUMER,
        /** Kafka's producer behind the sink. */
        PRODUCER,
        /** A frame's way: the tasks, the engine's decoders and devices. */
        FRAMES,
        /** Everything else: Flink's control, metrics, clean-up. */
        REST;

        static Kind of(String thread) {
            if (thread.startsWith("Source Data Fetcher")) {
                return CONSUMER;
            }
            if (thread.startsWith("kafka-producer-network-thread")) {
                return PRODUCER;
            }
            return thread.startsWith("iresnet-") || thread.contains("tagging") ? FRAMES : REST;
        }
    }

    /** CPU time of the whole process, nanoseconds. */
    long cpuNanos() {
        long now = system.getProcessCpuTime();
        long used = now - cpuBefore;
        cpuBefore = now;
        return used;
    }

    /** Bytes of heap, by who allocated them. Threads that have ended since are not seen. */
    Map<Kind, Long> allocated() {
        long[] ids = threads.getAllThreadIds();
        long[] bytes = threads.getThreadAllocatedBytes(ids);
        ThreadInfo[] infos = threads.getThreadInfo(ids);
        Map<Kind, Long> sums = new EnumMap<>(Kind.class);
        Map<Long, Long> bytesNow = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            if (infos[i] == null || bytes[i] < 0) {
                continue;
            }
            bytesNow.put(ids[i], bytes[i]);
            sums.merge(
                    Kind.of(infos[i].getThreadName()),
                    bytes[i] - bytesBefore.getOrDefault(ids[i], 0L),
                    Long::sum);
        }
        bytesBefore = bytesNow;
        return sums;
    }
}
