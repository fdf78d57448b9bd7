package dev.iresnet.model.rewriting;

import com.google.protobuf.ByteString;
import dev.iresnet.model.savedmodel.Nodes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * Has the fused operations of a graph compute in bfloat16: from the first convolution to the last
 * signal that is still a picture. What comes before and behind, the norms' statistics and all sums
 * inside a convolution stay float32. TensorFlow's own rewriter changes the types before it has
 * fused, and then fuses no more.
 */
public final class Narrowing {
    private static final DataType NARROW = DataType.DT_BFLOAT16;
    private static final AttrValue TYPE = AttrValue.newBuilder().setType(NARROW).build();

    /** The operation that the layout pass puts for a fused convolution of float32. */
    private static final String FUSED = "_MklNativeFusedConv2D";

    /** The label under which that pass finds its kernels. */
    private static final AttrValue KERNEL =
            AttrValue.newBuilder().setS(ByteString.copyFromUtf8("MklNameChangeOp")).build();

    private static final Set<String> CONVOLUTIONS = Set.of("_FusedConv2D", "Conv2D");
    private static final Set<String> OPERATIONS =
            Set.of(
                    "_FusedConv2D",
                    "Conv2D",
                    "_FusedBatchNormEx",
                    "FusedBatchNormV3",
                    "MaxPool",
                    "Add",
                    "AddV2",
                    "Relu");

    private final NodeTable table;
    private final Set<String> narrow = new HashSet<>();

    private Narrowing(NodeTable table) {
        this.table = table;
    }

    /**
     * Narrows what {@link Fusing} has made.
     *
     * @param outputs tensors that stay float32
     */
    public static GraphDef narrow(GraphDef fused, List<String> outputs) {
        Narrowing narrowing = new Narrowing(new NodeTable(fused));
        fused.getNodeList().stream()
                .filter(node -> OPERATIONS.contains(node.getOp()))
                .map(NodeDef::getName)
                .forEach(narrowing.narrow::add);
        for (NodeDef node : fused.getNodeList()) {
            narrowing.table.put(
                    narrowing.narrow.contains(node.getName())
                            ? narrowing.narrowed(node)
                            : narrowing.widened(node));
        }
        return narrowing.table.keep(outputs);
    }

    private NodeDef narrowed(NodeDef node) {
        NodeDef.Builder narrowed = node.toBuilder().putAttr("T", TYPE);
        boolean isConvolution = CONVOLUTIONS.contains(node.getOp());
        for (int i = 0; i < node.getInputCount(); i++) {
            String input = node.getInput(i);
            if (narrow.contains(Nodes.of(input))) {
                continue;
            }
            if (isConvolution && table.isConstant(input)) {
                narrowed.setInput(i, rounded(input));
            } else if (!table.get(input).getOp().equals("Const")) {
                narrowed.setInput(i, cast(input, DataType.DT_FLOAT, NARROW));
            }
        }
        if (node.getOp().equals("_FusedConv2D")) {
            AttrValue.ListValue.Builder types = AttrValue.ListValue.newBuilder();
            for (int i = 2; i < node.getInputCount(); i++) {
                types.addType(NARROW);
            }
            narrowed.setOp(FUSED)
                    .putAttr("TArgs", AttrValue.newBuilder().setList(types).build())
                    .putAttr("is_filter_const", AttrValue.newBuilder().setB(true).build())
                    .putAttr("_kernel", KERNEL);
        }
        return narrowed.build();
    }

    private NodeDef widened(NodeDef node) {
        List<String> inputs = new ArrayList<>();
        for (String input : node.getInputList()) {
            inputs.add(
                    narrow.contains(Nodes.of(input))
                            ? cast(input, NARROW, DataType.DT_FLOAT)
                            : input);
        }
        return node.toBuilder().clearInput().addAllInput(inputs).build();
    }

    private String cast(String input, DataType from, DataType to) {
        String name = Nodes.of(input) + (to == NARROW ? ".narrow" : ".wide");
        table.put(
                Nodes.create(name, "Cast", input)
                        .putAttr("SrcT", AttrValue.newBuilder().setType(from).build())
                        .putAttr("DstT", AttrValue.newBuilder().setType(to).build())
                        .putAttr("Truncate", AttrValue.newBuilder().setB(false).build())
                        .build());
        return name;
    }

    /** A constant of its own, because norms may use the same in float32. */
    private String rounded(String input) {
        NodeDef constant = table.get(input);
        String name = constant.getName() + ".narrow";
        TensorProto tensor =
                constant.getAttrOrThrow("value").getTensor().toBuilder()
                        .setDtype(NARROW)
                        .setTensorContent(rounded(table.values(input)))
                        .build();
        table.put(
                constant.toBuilder()
                        .setName(name)
                        .putAttr("dtype", TYPE)
                        .putAttr("value", AttrValue.newBuilder().setTensor(tensor).build())
                        .build());
        return name;
    }

    /** To the nearest, ties to even; weights are finite. */
    private static ByteString rounded(FloatBuffer values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(values.remaining() * Short.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
        while (values.hasRemaining()) {
            int bits = Float.floatToRawIntBits(values.get());
            bytes.putShort((short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16));
        }
        return ByteString.copyFrom(bytes.flip());
    }
}
