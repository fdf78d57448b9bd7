package dev.iresnet.model.rewriting;

import com.google.protobuf.ByteString;
import dev.iresnet.model.savedmodel.Attributes;
import dev.iresnet.model.savedmodel.FrozenGraph;
import dev.iresnet.model.savedmodel.Nodes;
import dev.iresnet.tensorflow.Fusion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * Joins each convolution with the bias, the sum and the ReLU behind it into one operation, each
 * norm with its ReLU, and each pool with the padding before it, so that a signal is written once.
 * TensorFlow's own rewriter does part of this, at the price of many copies of the graph, weights
 * and all; with it switched off a network loads in a fraction of time and memory.
 *
 * <p>For a CPU, and for graphs of this package: both sides of a sum must have one shape.
 */
public final class Fusing {
    private static final List<String> CONV_ATTRIBUTES =
            List.of("T", "strides", "padding", "explicit_paddings", "data_format", "dilations");

    private final NodeTable table;
    private final Set<Fusion> available;
    private final Set<String> joined = new HashSet<>();

    private Fusing(NodeTable table, Set<Fusion> available) {
        this.table = table;
        this.available = available;
    }

    /**
     * Joins what it can.
     *
     * @param outputs tensors that must keep their names and, up to rounding, their values
     * @param available fusions that this machine can run; the rest stays as it is
     */
    public static GraphDef fuse(GraphDef folded, List<String> outputs, Set<Fusion> available) {
        Fusing fusing = new Fusing(new NodeTable(folded), available);
        for (NodeDef node : folded.getNodeList()) {
            switch (node.getOp()) {
                case "Conv2D", "Conv3D" -> fusing.join(node);
                case "FusedBatchNormV3" -> fusing.activate(node);
                case "MaxPoolV2" -> fusing.pad(node);
                default -> {}
            }
        }
        return fusing.table.keep(outputs);
    }

    private void join(NodeDef conv) {
        boolean clips = conv.getOp().equals("Conv3D");
        if (clips ? !has(Fusion.CLIP_CONV) : !has(Fusion.GROUPED_CONV) && isGrouped(conv)) {
            return;
        }
        Optional<NodeDef> bias = next(conv, "BiasAdd").filter(b -> has(Fusion.CONV_BIAS));
        NodeDef biased = bias.orElse(conv);
        Optional<NodeDef> sum = next(biased, "Add", "AddV2").filter(s -> has(Fusion.CONV_BIAS_SUM));
        NodeDef summed = sum.orElse(biased);
        Optional<NodeDef> relu =
                next(summed, "Relu")
                        .filter(
                                r ->
                                        has(
                                                sum.isPresent()
                                                        ? Fusion.CONV_BIAS_SUM_RELU
                                                        : Fusion.CONV_BIAS_RELU));
        String last = relu.orElse(summed).getName();
        if (last.equals(conv.getName())) {
            return;
        }
        List<String> arguments = new ArrayList<>();
        List<String> operations = new ArrayList<>();
        arguments.add(bias.map(node -> node.getInput(1)).orElseGet(() -> zeros(conv)));
        operations.add("BiasAdd");
        if (sum.isPresent()) {
            arguments.add(other(sum.get(), biased));
            operations.add("Add");
        }
        if (relu.isPresent()) {
            operations.add("Relu");
        }
        Stream.of(bias, sum, relu)
                .flatMap(Optional::stream)
                .map(NodeDef::getName)
                .forEach(joined::add);
        table.put(fused(conv, last, arguments, operations));
    }

    private void activate(NodeDef norm) {
        Optional<NodeDef> relu = next(norm, "Relu");
        // the operation that has both knows no clips
        boolean clips = norm.getAttrOrThrow("data_format").getS().toStringUtf8().equals("NDHWC");
        if (clips
                || !has(Fusion.NORM_RELU)
                || relu.isEmpty()
                || norm.getAttrOrThrow("is_training").getB()) {
            return;
        }
        joined.add(relu.get().getName());
        table.put(
                norm.toBuilder()
                        .setName(relu.get().getName())
                        .setOp("_FusedBatchNormEx")
                        .putAttr("num_side_inputs", AttrValue.newBuilder().setI(0).build())
                        .putAttr("activation_mode", text("Relu"))
                        .build());
    }

    /** Both paddings are what no pixel can be less than: the lowest number, or nothing at all. */
    private void pad(NodeDef pool) {
        NodeDef padding = table.get(pool.getInput(0));
        if (!has(Fusion.POOL_PADDING)
                || !padding.getOp().equals("PadV2")
                || table.onlyConsumer(padding).isEmpty()) {
            return;
        }
        NodeDef.Builder padded =
                pool.toBuilder()
                        .setOp("MaxPool")
                        .clearInput()
                        .addInput(padding.getInput(0))
                        .putAttr("ksize", table.integers(pool.getInput(1)))
                        .putAttr("strides", table.integers(pool.getInput(2)))
                        .putAttr("padding", text("EXPLICIT"))
                        .putAttr("explicit_paddings", table.integers(padding.getInput(1)));
        table.put(padded.build());
    }

    private boolean has(Fusion fusion) {
        return available.contains(fusion);
    }

    private boolean isGrouped(NodeDef conv) {
        return table.shape(conv.getInput(1))[2] != table.channels(conv.getInput(0));
    }

    private static AttrValue text(String value) {
        return AttrValue.newBuilder().setS(ByteString.copyFromUtf8(value)).build();
    }

    /** The only consumer of a node, if it is of such a kind and not joined to another yet. */
    private Optional<NodeDef> next(NodeDef node, String... kinds) {
        return table.onlyConsumer(node)
                .filter(consumer -> List.of(kinds).contains(consumer.getOp()))
                .filter(consumer -> !joined.contains(consumer.getName()));
    }

    private static String other(NodeDef sum, NodeDef side) {
        return Nodes.of(sum.getInput(0)).equals(side.getName()) ? sum.getInput(1) : sum.getInput(0);
    }

    /** The kernels want a bias before a sum, even where a network has none. */
    private String zeros(NodeDef conv) {
        String name = conv.getName() + ".zeros";
        long[] filter = table.shape(conv.getInput(1));
        int outputs = Math.toIntExact(filter[filter.length - 1]);
        TensorProto value =
                TensorProto.newBuilder()
                        .setDtype(DataType.DT_FLOAT)
                        .setTensorShape(
                                TensorShapeProto.newBuilder()
                                        .addDim(TensorShapeProto.Dim.newBuilder().setSize(outputs)))
                        .setTensorContent(Attributes.bytes(new float[outputs]))
                        .build();
        NodeDef.Builder zeros = NodeDef.newBuilder().setName(name);
        FrozenGraph.constant(zeros, value);
        table.put(zeros.build());
        return name;
    }

    private static NodeDef fused(
            NodeDef conv, String name, List<String> arguments, List<String> operations) {
        AttrValue.ListValue.Builder names = AttrValue.ListValue.newBuilder();
        operations.forEach(operation -> names.addS(ByteString.copyFromUtf8(operation)));
        NodeDef.Builder fused =
                NodeDef.newBuilder()
                        .setName(name)
                        .setOp("_Fused" + conv.getOp())
                        .addInput(conv.getInput(0))
                        .addInput(conv.getInput(1))
                        .addAllInput(arguments)
                        .putAttr("num_args", AttrValue.newBuilder().setI(arguments.size()).build())
                        .putAttr("fused_ops", AttrValue.newBuilder().setList(names).build());
        // that of clips takes arguments of one type, and TensorFlow logs an error of an attribute
        // more
        if (conv.getOp().equals("Conv2D")) {
            AttrValue.ListValue.Builder types = AttrValue.ListValue.newBuilder();
            arguments.forEach(argument -> types.addType(DataType.DT_FLOAT));
            fused.putAttr("TArgs", AttrValue.newBuilder().setList(types).build());
        }
        for (String attribute : CONV_ATTRIBUTES) {
            if (conv.containsAttr(attribute)) {
                fused.putAttr(attribute, conv.getAttrOrThrow(attribute));
            }
        }
        return fused.build();
    }
}
