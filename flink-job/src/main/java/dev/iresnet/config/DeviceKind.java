package dev.iresnet.config;

/** What a task manager computes on. */
public enum DeviceKind {
    /**
     * The GPU that Flink assigns to it, or that is named; nothing else will do then. Where there is
     * neither, TensorFlow takes what it finds.
     */
    AUTO("auto"),
    /** The CPU, whatever GPUs there are. */
    CPU("cpu"),
    /** A GPU; the job fails where there is none. */
    GPU("gpu"),
    /** A GPU, and where there is none the CPU, with a warning in the log. */
    GPU_OR_CPU("gpu-or-cpu");

    private final String text;

    DeviceKind(String text) {
        this.text = text;
    }

    /** As it is written in a configuration. */
    @Override
    public String toString() {
        return text;
    }
}
