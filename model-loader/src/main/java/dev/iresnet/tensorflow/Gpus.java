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
}
