package dev.iresnet.model.rewriting;

import dev.iresnet.model.savedmodel.Attributes;
import dev.iresnet.model.savedmodel.FrozenGraph;
import dev.iresnet.model.savedmodel.Nodes;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** The nodes of a graph while it is being rewritten. */
final class NodeTable {
    private final GraphDef graph;
    private final Map<String, NodeDef> nodes = new LinkedHashMap<>();
    private final Map<String, List<String>> consumers = new HashMap<>();

    NodeTable(GraphDef graph) {
        this.graph = graph;
        for (NodeDef node : graph.getNodeList()) {
            nodes.put(node.getName(), node);
            for (String input : node.getInputList()) {
                consumers
                        .computeIfAbsent(Nodes.of(input), name -> new ArrayList<>())
                        .add(node.getName());
            }
        }
    }

    NodeDef get(String input) {
        NodeDef node = nodes.get(Nodes.of(input));
        if (node == null) {
            throw new IllegalArgumentException(
                    "the graph refers to a node that it lacks: " + input);
        }
        return node;
    }

    /** Replaces the node of the same name; its consumers then use the new one. */
    void put(NodeDef node) {
        nodes.put(node.getName(), node);
    }

    /** The one node that uses this one, as the graph was at first; empty if there are more. */
    Optional<NodeDef> onlyConsumer(NodeDef node) {
        List<String> names = consumers.getOrDefault(node.getName(), List.of());
        return names.size() == 1 ? Optional.of(get(names.get(0))) : Optional.empty();
    }

    /** A float32 constant that only one node uses, so that it may be changed. */
    boolean isOwnConstant(String input) {
        NodeDef node = get(input);
        return isConstant(input) && onlyConsumer(node).isPresent();
    }

    boolean isConstant(String input) {
        NodeDef node = get(input);
        return node.getOp().equals("Const")
                && !node.getAttrOrThrow("value").getTensor().getTensorContent().isEmpty();
    }

    /** A float32 constant that is one zero, however it is kept: TensorFlow may leave it out. */
    boolean isZero(String input) {
        NodeDef node = get(input);
        if (!node.getOp().equals("Const")) {
            return false;
        }
        TensorProto tensor = node.getAttrOrThrow("value").getTensor();
        return tensor.getDtype() == DataType.DT_FLOAT
                && tensor.getFloatValList().stream().allMatch(value -> value == 0)
                && (tensor.getTensorContent().isEmpty() || values(input).get(0) == 0)
                && shape(input).length == 0;
    }

    FloatBuffer values(String input) {
        return get(input)
                .getAttrOrThrow("value")
                .getTensor()
                .getTensorContent()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
    }

    /** A constant of int32 as an attribute that lists them. */
    AttrValue integers(String input) {
        TensorProto tensor = get(input).getAttrOrThrow("value").getTensor();
        AttrValue.ListValue.Builder list = AttrValue.ListValue.newBuilder();
        if (tensor.getTensorContent().isEmpty()) {
            tensor.getIntValList().forEach(list::addI);
        } else {
            IntBuffer values =
                    tensor.getTensorContent()
                            .asReadOnlyByteBuffer()
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .asIntBuffer();
            while (values.hasRemaining()) {
                list.addI(values.get());
            }
        }
        return AttrValue.newBuilder().setList(list).build();
    }

    /** Of a signal: those of the convolution that it comes from, or of the input. */
    long channels(String signal) {
        NodeDef node = get(signal);
        for (int steps = 0; steps <= nodes.size(); steps++) {
            if (node.getOp().equals("Placeholder")) {
                TensorShapeProto shape = node.getAttrOrThrow("shape").getShape();
                return shape.getDim(shape.getDimCount() - 1).getSize();
            }
            if (node.getOp().endsWith("Conv2D")) {
                long[] filter = shape(node.getInput(1));
                return filter[filter.length - 1];
            }
            node = get(Nodes.input(node, 0));
        }
        throw new IllegalArgumentException("the graph goes in a circle at " + signal);
    }

    /** Extents of a constant. */
    long[] shape(String input) {
        return get(input).getAttrOrThrow("value").getTensor().getTensorShape().getDimList().stream()
                .mapToLong(dim -> dim.getSize())
                .toArray();
    }

    /** Replaces the values of a constant by as many others. */
    void setValues(String input, float[] values) {
        NodeDef.Builder node = get(input).toBuilder();
        TensorProto tensor =
                node.getAttrOrThrow("value").getTensor().toBuilder()
                        .setTensorContent(Attributes.bytes(values))
                        .build();
        FrozenGraph.constant(node, tensor);
        put(node.build());
    }

    /** The graph with what these nodes need. */
    GraphDef keep(Collection<String> roots) {
        GraphDef whole = graph.toBuilder().clearNode().addAllNode(nodes.values()).build();
        return Nodes.keep(whole, Nodes.reachable(nodes, roots));
    }
}
