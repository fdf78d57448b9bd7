package dev.iresnet.model.savedmodel;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * Turns a graph with variables into one with constants, cut down to what its outputs need.
 * TensorFlow computes faster with constants (oneDNN lays them out once), and nothing of the graph
 * that could save or restore is left.
 */
public final class FrozenGraph {
    static final String VARIABLE = "VariableV2";

    private FrozenGraph() {}

    public static GraphDef freeze(SavedGraph model) {
        GraphDef whole = model.graph().getGraphDef();
        Map<String, NodeDef> nodes = Nodes.byName(whole);
        GraphDef needed = Nodes.keep(whole, Nodes.reachable(nodes, model.tensors()));
        Map<String, DataType> variables = new LinkedHashMap<>();
        needed.getNodeList().stream()
                .filter(node -> node.getOp().equals(VARIABLE))
                .forEach(
                        node ->
                                variables.put(
                                        node.getName(), node.getAttrOrThrow("dtype").getType()));
        Map<String, TensorProto> values = new VariableFile(model.variables()).read(variables);
        GraphDef.Builder frozen = needed.toBuilder();
        for (NodeDef.Builder node : frozen.getNodeBuilderList()) {
            TensorProto value = values.remove(node.getName());
            if (value != null) {
                constant(node, value);
            }
        }
        return frozen.build();
    }

    public static void constant(NodeDef.Builder node, TensorProto value) {
        node.setOp("Const")
                .clearInput()
                .clearAttr()
                .putAttr("dtype", AttrValue.newBuilder().setType(value.getDtype()).build())
                .putAttr("value", AttrValue.newBuilder().setTensor(value).build());
    }
}
