package dev.iresnet.tensorflow;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.OptimizerOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;

/**
 * The one place from which sessions take their options. The first caller settles them for the whole
 * process, because TensorFlow would ignore, or refuse, what later ones say. Thread-safe.
 */
public final class TensorFlowProcess {
    private static final Logger LOG = LoggerFactory.getLogger(TensorFlowProcess.class);

    private static @Nullable SessionOptions settled;
    private static @Nullable String device;

    private TensorFlowProcess() {}

    /**
     * Sets the options, unless they are set already.
     *
     * @return the options in force
     */
    public static synchronized SessionOptions settle(SessionOptions wanted) {
        if (settled == null) {
            settled = wanted;
        } else if (!settled.equals(wanted)) {
            LOG.warn("This process runs TensorFlow with {}; {} comes too late", settled, wanted);
        }
        return settled;
    }

    /** The options in force, to be handed to a session; the defaults if none were settled. */
    public static ConfigProto config() {
        requireCpu();
        return settle().toProto();
    }

    /**
     * The same for graphs that run as they are: TensorFlow's rewriter copies all weights many times
     * to look at them.
     */
    public static ConfigProto literalConfig() {
        return config().toBuilder()
                .setGraphOptions(
                        GraphOptions.newBuilder()
                                .setOptimizerOptions(
                                        OptimizerOptions.newBuilder()
                                                .setOptLevel(OptimizerOptions.Level.L0))
                                .setRewriteOptions(
                                        RewriterConfig.newBuilder().setDisableMetaOptimizer(true)))
                .build();
    }

    /**
     * Checks that TensorFlow can be loaded, which on a CPU without AVX would end the process. To be
     * called before the first use of its native library, where {@link #config} is not.
     *
     * @throws DeviceException if it cannot
     */
    public static void requireCpu() {
        Cpu.ofThisMachine()
                .refusal()
                .ifPresent(
                        reason -> {
                            throw new DeviceException(reason);
                        });
    }

    private static synchronized SessionOptions settle() {
        return settled == null ? settle(SessionOptions.DEFAULT) : settled;
    }

    /**
     * Where TensorFlow computes in this process: {@code CPU:0}, or {@code GPU:0} if it can.
     *
     * @throws RuntimeException if no session can be made with the options in force, such as with a
     *     GPU that is not there; others may then be settled
     */
    public static synchronized String device() {
        if (device == null) {
            requireCpu();
            try {
                device = placeOfAMultiplication();
            } catch (RuntimeException e) {
                settled = null;
                throw e;
            } catch (LinkageError e) {
                throw new DeviceException(
                        "TensorFlow's native library cannot be loaded: %s. Its build for GPUs needs NVIDIA's driver and libraries; take the build for CPUs where they are missing"
                                .formatted(e.getMessage()),
                        e);
            }
        }
        return device;
    }

    private static String placeOfAMultiplication() {
        try (Graph graph = new Graph();
                Session session = new Session(graph, config())) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> x = tf.constant(new float[][] {{2}});
            // of a random number, as a product of constants would be computed beforehand
            Operand<TFloat32> y =
                    tf.linalg.matMul(tf.random.randomUniform(tf.shape(x), TFloat32.class), x);
            RunOptions trace = RunOptions.newBuilder().setOutputPartitionGraphs(true).build();
            try (Result result =
                    session.runner().setOptions(trace).fetch(y).runAndFetchMetadata()) {
                String multiplication = y.op().name();
                return result.getMetadata().orElseThrow().getPartitionGraphsList().stream()
                        .flatMap(partition -> partition.getNodeList().stream())
                        .filter(node -> node.getName().equals(multiplication))
                        .map(node -> node.getDevice().replaceFirst(".*device:", ""))
                        .findFirst()
                        .orElse("CPU:0");
            }
        }
    }
}
