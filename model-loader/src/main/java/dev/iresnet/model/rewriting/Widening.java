package dev.iresnet.model.rewriting;

import com.google.protobuf.ByteString;
import dev.iresnet.model.savedmodel.Attributes;
import dev.iresnet.model.savedmodel.FrozenGraph;
import java.nio.FloatBuffer;
import java.util.List;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * Computes weights that a frozen graph holds in 8 bits, (code - zero) x scale, once and for all: a
 * constant of float32 of the same values takes the place of the operations. What follows, {@link
 * Folding} above all, need not know how weights are stored.
 */
public final class Widening {
    private final NodeTable table;

    private Widening(NodeTable table) {
        this.table = table;
    }

    /**
     * Widens what there is to widen.
     *
     * @param outputs tensors that keep their names and values
     */
    public static GraphDef widen(GraphDef frozen, List<String> outputs) {
        Widening widening = new Widening(new NodeTable(frozen));
        for (NodeDef node : frozen.getNodeList()) {
            if (node.getOp().equals("Mul") && widening.isWeight(node)) {
                widening.put(node);
            }
        }
        return widening.table.keep(outputs);
    }

    private boolean isWeight(NodeDef product) {
        NodeDef difference = table.get(product.getInput(0));
        if (!difference.getOp().equals("Sub") || !table.isConstant(product.getInput(1))) {
            return false;
        }
        NodeDef cast = table.get(difference.getInput(0));
        if (!cast.getOp().equals("Cast")
                || !table.isConstant(cast.getInput(0))
                || codes(cast).getDtype() != DataType.DT_UINT8
                || !table.get(difference.getInput(1)).getOp().equals("Const")) {
            return false;
        }
        long[] shape = table.shape(cast.getInput(0));
        return shape.length > 1
                && shape[shape.length - 1] == table.values(product.getInput(1)).remaining();
    }

    private TensorProto codes(NodeDef cast) {
        return table.get(cast.getInput(0)).getAttrOrThrow("value").getTensor();
    }

    private void put(NodeDef product) {
        NodeDef difference = table.get(product.getInput(0));
        TensorProto codes = codes(table.get(difference.getInput(0)));
        float zero = scalar(difference.getInput(1));
        FloatBuffer scales = table.values(product.getInput(1));
        ByteString bytes = codes.getTensorContent();
        float[] values = new float[bytes.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = ((bytes.byteAt(i) & 0xFF) - zero) * scales.get(i % scales.remaining());
        }
        NodeDef.Builder weight = NodeDef.newBuilder().setName(product.getName());
        FrozenGraph.constant(
                weight,
                codes.toBuilder()
                        .setDtype(DataType.DT_FLOAT)
                        .setTensorContent(Attributes.bytes(values))
                        .build());
        table.put(weight.build());
    }

    private float scalar(String input) {
        TensorProto tensor = table.get(input).getAttrOrThrow("value").getTensor();
        return tensor.getTensorContent().isEmpty()
                ? tensor.getFloatVal(0)
                : table.values(input).get(0);
    }
}
