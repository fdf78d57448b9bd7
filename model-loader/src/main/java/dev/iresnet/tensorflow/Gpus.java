package dev.iresnet.tensorflow;

import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/**
 * Which GPUs the sessions of a process see, and what they take of them.
 *
 * @param use whether any
 * @param visible an index as in {@code nvidia-smi}, or several with commas between; empty means all
 * @param memory of each GPU
 */
public record Gpus(boolean use, String visible, GpuMemory memory) {

    /** All there are. */
    public static final Gpus ALL = new Gpus(true, "", GpuMemory.AS_NEEDED);

    /** None: sessions compute on the CPU wherever they are. */
    public static final Gpus NONE = new Gpus(false, "", GpuMemory.AS_NEEDED);

    public Gpus {
        if (!visible.matches("|\\d+(,\\d+)*")) {
            throw new IllegalArgumentException(
                    "visible must be indices with commas between, got '" + visible + "'");
        }
        if (memory.limitBytes() > 0 && !visible.matches("\\d+")) {
            throw new IllegalArgumentException(
                    "a limit of memory is of one GPU, got '" + visible + "'");
        }
    }

    void applyTo(ConfigProto.Builder config) {
        if (!use) {
            config.putDeviceCount("GPU", 0);
            return;
        }
        GPUOptions.Builder options = config.getGpuOptionsBuilder();
        options.setVisibleDeviceList(visible).setAllowGrowth(memory.growth());
        if (memory.limitBytes() > 0) {
            options.getExperimentalBuilder()
                    .addVirtualDevicesBuilder()
                    .addMemoryLimitMb(memory.limitMebibytes());
        }
    }

    /**
     * What TensorFlow takes of a GPU's memory.
     *
     * @param growth take it as it is needed, and give none back; otherwise nearly all of it at once
     * @param limitBytes the most that is taken, a mebibyte or more; 0 for no limit
     */
    public record GpuMemory(boolean growth, long limitBytes) {

        /** As it is needed, up to all there is. */
        public static final GpuMemory AS_NEEDED = new GpuMemory(true, 0);

        private static final long MEBIBYTE = 1 << 20;

        public GpuMemory {
            if (limitBytes != 0 && limitBytes < MEBIBYTE) {
                throw new IllegalArgumentException(
                        "limitBytes must be 0, or a mebibyte or more, got " + limitBytes);
            }
        }

        /** TensorFlow counts in these. */
        float limitMebibytes() {
            return (float) limitBytes / MEBIBYTE;
        }
    }
}
