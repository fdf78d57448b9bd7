package dev.iresnet.config;

import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.configuration.MemorySize;

/**
 * See {@code device.*}.
 *
 * @param intraOpThreads 0 for the processors that the JVM may use
 * @param interOpThreads 0 for the same
 * @param gpu which one, if any
 * @param hangTimeout zero for never
 */
public record DeviceConfig(
        int threads, int intraOpThreads, int interOpThreads, Gpu gpu, Duration hangTimeout)
        implements Serializable {
    static final OptionGroup OPTIONS = new OptionGroup();

    private static final Option<Integer> THREADS =
            OPTIONS.integer(
                    "device.threads",
                    "1..64",
                    "2",
                    """
                    Batches on the device at the same time. Only a full batch joins another. Under
                    load two use the device better than one, and take the memory of two.
                    """);

    private static final Option<Integer> INTRA_OP =
            OPTIONS.integer(
                    "device.intra-op-threads",
                    "0..1024",
                    "0",
                    """
                    CPU threads that compute one operation together, in one pool for the whole task
                    manager. 0 takes as many as the container may use cores.
                    """);

    private static final Option<Integer> INTER_OP =
            OPTIONS.integer(
                    "device.inter-op-threads",
                    "0..1024",
                    "0",
                    """
                    CPU threads that run operations side by side. 0 takes as many as the container
                    may use cores.
                    """);

    private static final Option<Kind> KIND =
            OPTIONS.choice(
                    "device.kind",
                    Kind.class,
                    "auto",
                    """
                    What a task manager computes on. `auto`: the GPU that Flink assigns to it
                    (`external-resources: gpu`) or that `device.visible-gpus` names, and no other
                    device. If there is neither, what TensorFlow finds, but several GPUs are
                    refused. `cpu`: the CPU. `gpu` fails without a GPU, `gpu-or-cpu` then goes on
                    with a warning.
                    """);

    private static final Option<String> VISIBLE_GPUS =
            OPTIONS.text(
                    "device.visible-gpus",
                    "empty, or an index such as 0",
                    gpu -> gpu.matches("|\\d{1,4}"),
                    "",
                    """
                    Index of the GPU that a task manager takes, if Flink assigns none. A process
                    takes one: start a task manager for each.
                    """);

    private static final Option<Boolean> GPU_MEMORY_GROWTH =
            OPTIONS.flag(
                    "device.gpu-memory-growth",
                    "true",
                    """
                    Take the GPU's memory as it is needed. Otherwise nearly all of it is taken at
                    the start, or all up to the limit.
                    """);

    private static final Option<MemorySize> GPU_MEMORY_LIMIT =
            OPTIONS.size(
                    "device.gpu-memory-limit",
                    "0 bytes, or 64 mb..1 tb",
                    "0 bytes",
                    """
                    Most memory of the GPU that TensorFlow takes, besides what CUDA itself needs
                    (some hundred megabytes). 0: all there is.
                    """);

    private static final Option<Duration> HANG_TIMEOUT =
            OPTIONS.duration(
                    "device.hang-timeout",
                    "0 s, or 1 s..1 d",
                    "2 min",
                    """
                    If a batch is on the device for longer, the device hangs: the task manager's
                    process is halted with exit code 86, and Flink replaces it. Must be well above
                    what a full batch takes. 0 waits for ever.
                    """);

    /** What a task manager computes on. */
    public enum Kind {
        /**
         * The GPU that Flink assigns to it, or that is named, and no other device. If there is
         * neither, TensorFlow takes what it finds.
         */
        AUTO,
        /** The CPU, whatever GPUs there are. */
        CPU,
        /** A GPU; the job fails if there is none. */
        GPU,
        /** A GPU; the CPU if there is none, with a warning in the log. */
        GPU_OR_CPU;

        @Override
        public String toString() {
            return Option.spelling(this);
        }
    }

    /**
     * Which GPU, and how much of its memory.
     *
     * @param index of the one to take; empty for the one that Flink assigns, or any
     * @param memoryGrowth take memory as it is needed
     * @param memoryLimit bytes; 0 for none
     */
    public record Gpu(Kind kind, String index, boolean memoryGrowth, long memoryLimit)
            implements Serializable {}

    static DeviceConfig from(Settings settings) {
        if (settings.get(KIND) == Kind.CPU && settings.has(VISIBLE_GPUS)) {
            settings.errors().add("device.visible-gpus names a GPU, and device.kind is cpu");
        }
        return new DeviceConfig(
                settings.get(THREADS),
                settings.get(INTRA_OP),
                settings.get(INTER_OP),
                new Gpu(
                        settings.get(KIND),
                        settings.get(VISIBLE_GPUS),
                        settings.get(GPU_MEMORY_GROWTH),
                        settings.get(GPU_MEMORY_LIMIT).getBytes()),
                settings.get(HANG_TIMEOUT));
    }
}
