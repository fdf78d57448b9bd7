package dev.iresnet.tensorflow;

import org.tensorflow.proto.ConfigProto;

/**
 * Options that hold for every TensorFlow session of a process: its pool of computing threads is one
 * for all, made by the first session, and TensorFlow refuses sessions that see its GPUs
 * differently.
 *
 * @param intraOpThreads that compute one operation together; 0 takes as many as the JVM may use
 *     processors
 * @param interOpThreads that run operations side by side; 0 as above
 */
public record SessionOptions(int intraOpThreads, int interOpThreads, Gpus gpus) {

    /** All cores, all GPUs. */
    public static final SessionOptions DEFAULT = new SessionOptions(0, 0, Gpus.ALL);

    public SessionOptions {
        range("intraOpThreads", intraOpThreads);
        range("interOpThreads", interOpThreads);
    }

    private static void range(String what, int threads) {
        if (threads < 0 || threads > 1024) {
            throw new IllegalArgumentException(what + " must be 0..1024, got " + threads);
        }
    }

    /** TensorFlow itself would count the machine's cores, also in a container that may use two. */
    private static int orProcessors(int threads) {
        return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    }

    ConfigProto toProto() {
        ConfigProto.Builder config =
                ConfigProto.newBuilder()
                        .setIntraOpParallelismThreads(orProcessors(intraOpThreads))
                        .setInterOpParallelismThreads(orProcessors(interOpThreads))
                        .setAllowSoftPlacement(true);
        gpus.applyTo(config);
        return config.build();
    }
}
