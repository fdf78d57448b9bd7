package dev.iresnet.tensorflow;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperationBuilder;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/**
 * Runs a tiny graph of each kind that a network may be made of, and looks whether the right value
 * comes out. Each is of ones, so that the expected value is simple.
 */
final class KernelProbe {
    /** TensorFlow's layout pass puts these for operations that it gives to oneDNN. */
    private static final String ONEDNN = "_Mkl";

    private static final long SIDE = 8;
    private static final long CHANNELS = 16;
    private static final float WEIGHT = 0.25f;

    private final ConfigProto config;

    /**
     * @param config of the sessions in which networks will run
     */
    KernelProbe(ConfigProto config) {
        this.config = config;
    }

    /** Whether TensorFlow gives convolutions to oneDNN: the executed graph shows it. */
    boolean isOnednnOn() {
        try (Tiny<TFloat32> tiny = new Tiny<>(TFloat32.class)) {
            tiny.run(tiny.conv(Fusion.CONV_BIAS, 1, false));
            return tiny.executed.stream().anyMatch(node -> node.getOp().startsWith(ONEDNN));
        }
    }

    /** Whether a fusion runs in float32, and gives the right value. */
    boolean runs(Fusion fusion) {
        return runs(TFloat32.class, fusion);
    }

    /**
     * Whether all of them do in bfloat16. Where oneDNN has no kernel for that, it ends the process:
     * check that the CPU has it before.
     */
    boolean runsBfloat16() {
        return Arrays.stream(Fusion.values())
                .filter(fusion -> fusion != Fusion.CLIP_CONV)
                .allMatch(fusion -> runs(TBfloat16.class, fusion));
    }

    private <T extends TNumber> boolean runs(Class<T> type, Fusion fusion) {
        return switch (fusion) {
            case NORM_RELU -> gives(1, type, Tiny::norm);
            case POOL_PADDING -> gives(1, type, Tiny::pool);
            case GROUPED_CONV -> convs().allMatch(conv -> runs(type, conv, 2));
            case CLIP_CONV -> convs().allMatch(conv -> runsOverClips(type, conv));
            default -> runs(type, fusion, 1);
        };
    }

    private static Stream<Fusion> convs() {
        return Stream.of(Fusion.values()).filter(Fusion::isConv);
    }

    private <T extends TNumber> boolean runs(Class<T> type, Fusion fusion, int groups) {
        float expected = 9 * CHANNELS * WEIGHT / groups + 1 + summand(fusion);
        return gives(expected, type, tiny -> tiny.conv(fusion, groups, false))
                && gives(expected, type, tiny -> tiny.conv(fusion, groups, true));
    }

    private <T extends TNumber> boolean runsOverClips(Class<T> type, Fusion fusion) {
        float expected = 27 * CHANNELS * WEIGHT + 1 + summand(fusion);
        return gives(expected, type, tiny -> tiny.clipConv(fusion, false))
                && gives(expected, type, tiny -> tiny.clipConv(fusion, true));
    }

    private static float summand(Fusion fusion) {
        return fusion.operations().contains("Add") ? 1 : 0;
    }

    private <T extends TNumber> boolean gives(float value, Class<T> type, Form<T> form) {
        try (Tiny<T> tiny = new Tiny<>(type)) {
            return tiny.run(form.output(tiny)) == value;
        } catch (RuntimeException e) {
            if (TensorFlowFailures.isOne(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Lays an operation. */
    private interface Form<T extends TNumber> {
        Operand<T> output(KernelProbe.Tiny<T> tiny);
    }

    /** A graph of one operation. */
    private final class Tiny<T extends TNumber> implements AutoCloseable {
        private final Graph graph = new Graph();
        private final Ops tf = Ops.create(graph);
        private final Class<T> type;
        private final Operand<T> x;
        private List<NodeDef> executed = List.of();

        Tiny(Class<T> type) {
            this.type = type;
            x = ones(1, SIDE, SIDE, CHANNELS);
        }

        private Operand<T> ones(long... shape) {
            return full(1, shape);
        }

        private Operand<T> full(float value, long... shape) {
            Operand<TFloat32> floats = tf.fill(tf.constant(shape), tf.constant(value));
            return tf.dtypes.cast(floats, type);
        }

        /** Convolves 3x3; what is added to it are ones. */
        Operand<T> conv(Fusion fusion, int groups, boolean strided) {
            long stride = strided ? 2 : 1;
            boolean narrow = type.equals(TBfloat16.class);
            Output<?> bias = ones(CHANNELS).asOutput();
            Output<?> summand = ones(1, SIDE / stride, SIDE / stride, CHANNELS).asOutput();
            List<String> operations = fusion.operations();
            Output<?>[] arguments =
                    operations.contains("Add")
                            ? new Output<?>[] {bias, summand}
                            : new Output<?>[] {bias};
            GraphOperationBuilder conv =
                    builder(narrow ? "_MklNativeFusedConv2D" : "_FusedConv2D")
                            .addInput(x.asOutput())
                            .addInput(full(WEIGHT, 3, 3, CHANNELS / groups, CHANNELS).asOutput())
                            .addInputList(arguments)
                            .addInputList(new Output<?>[0])
                            .setAttr("num_args", arguments.length)
                            .setAttr("fused_ops", operations.toArray(new String[0]))
                            .setAttr("strides", new long[] {1, stride, stride, 1})
                            .setAttr("padding", strided ? "EXPLICIT" : "SAME");
            if (strided) {
                conv.setAttr("explicit_paddings", new long[] {0, 0, 1, 1, 1, 1, 0, 0});
            }
            if (narrow) {
                conv.setAttr("_kernel", "MklNameChangeOp").setAttr("is_filter_const", true);
            }
            return conv.build().output(0);
        }

        /** The same, 3x3x3. */
        Operand<T> clipConv(Fusion fusion, boolean strided) {
            long stride = strided ? 2 : 1;
            long side = strided ? (SIDE - 1) / 2 : SIDE;
            Output<?> bias = ones(CHANNELS).asOutput();
            Output<?> summand = ones(1, side, side, side, CHANNELS).asOutput();
            List<String> operations = fusion.operations();
            Output<?>[] arguments =
                    operations.contains("Add")
                            ? new Output<?>[] {bias, summand}
                            : new Output<?>[] {bias};
            return builder("_FusedConv3D")
                    .addInput(ones(1, SIDE, SIDE, SIDE, CHANNELS).asOutput())
                    .addInput(full(WEIGHT, 3, 3, 3, CHANNELS, CHANNELS).asOutput())
                    .addInputList(arguments)
                    .setAttr("num_args", arguments.length)
                    .setAttr("fused_ops", operations.toArray(new String[0]))
                    .setAttr("strides", new long[] {1, stride, stride, stride, 1})
                    .setAttr("padding", strided ? "VALID" : "SAME")
                    .build()
                    .output(0);
        }

        Operand<T> norm() {
            Output<?> statistics = tf.fill(tf.array(CHANNELS), tf.constant(1f)).asOutput();
            return builder("_FusedBatchNormEx")
                    .addInput(x.asOutput())
                    .addInput(statistics)
                    .addInput(statistics)
                    .addInput(statistics)
                    .addInput(statistics)
                    .addInputList(new Output<?>[0])
                    .setAttr("U", DataType.DT_FLOAT)
                    .setAttr("is_training", false)
                    .setAttr("activation_mode", "Relu")
                    .build()
                    .output(0);
        }

        Operand<T> pool() {
            return builder("MaxPool")
                    .addInput(x.asOutput())
                    .setAttr("ksize", new long[] {1, 3, 3, 1})
                    .setAttr("strides", new long[] {1, 2, 2, 1})
                    .setAttr("padding", "EXPLICIT")
                    .setAttr("explicit_paddings", new long[] {0, 0, 1, 1, 1, 1, 0, 0})
                    .build()
                    .output(0);
        }

        private GraphOperationBuilder builder(String operation) {
            return graph.opBuilder(operation, "probe", Ops.create(graph).scope());
        }

        /** A value from the middle of the output. */
        float run(Operand<T> output) {
            RunOptions trace = RunOptions.newBuilder().setOutputPartitionGraphs(true).build();
            Operand<TFloat32> values = tf.dtypes.cast(output, TFloat32.class);
            try (Session session = new Session(graph, config);
                    Result result =
                            session.runner()
                                    .fetch(values)
                                    .setOptions(trace)
                                    .runAndFetchMetadata()) {
                executed =
                        result.getMetadata().orElseThrow().getPartitionGraphsList().stream()
                                .flatMap(partition -> partition.getNodeList().stream())
                                .toList();
                TFloat32 all = (TFloat32) result.get(0);
                return all.rank() == 5 ? all.getFloat(0, 1, 1, 1, 0) : all.getFloat(0, 1, 1, 0);
            }
        }

        @Override
        public void close() {
            graph.close();
        }
    }
}
