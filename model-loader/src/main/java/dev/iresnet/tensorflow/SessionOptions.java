package dev.iresnet.tensorflow;

import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/**
 * Options that hold for every TensorFlow session of a process: its pool of computing threads is one
 * for all, made by the first session, and TensorFlow refuses sessions that see its GPUs
 * differently.
 *
 * @param intraOpThreads that compute one operation together; 0 takes one a core
 * @param interOpThreads that run operations side by side; 0 takes one a core
 * @param visibleGpus indices as in {@code CUDA_VISIBLE_DEVICES}, for example {@code 0,2}; empty
 *     means all
 */
public record SessionOptions(int intraOpThreads, int interOpThreads, String visibleGpus) {

    /** All cores, all GPUs. */
    public static final SessionOptions DEFAULT = new SessionOptions(0, 0, "");

    public SessionOptions {
        range("intraOpThreads", intraOpThreads);
        range("interOpThreads", interOpThreads);
        if (!visibleGpus.matches("|\\d+(,\\d+)*")) {
            throw new IllegalArgumentException(
                    "visibleGpus must be indices with commas between, got '" + visibleGpus + "'");
        }
    }

    private static void range(String what, int threads) {
        if (threads < 0 || threads > 1024) {
            throw new IllegalArgumentException(what + " must be 0..1024, got " + threads);
        }
    }

    ConfigProto toProto() {
        return ConfigProto.newBuilder()
                .setIntraOpParallelismThreads(intraOpThreads)
                .setInterOpParallelismThreads(interOpThreads)
                .setAllowSoftPlacement(true)
                .setGpuOptions(
                        GPUOptions.newBuilder()
                                .setAllowGrowth(true)
                                .setVisibleDeviceList(visibleGpus))
                .build();
    }
}
