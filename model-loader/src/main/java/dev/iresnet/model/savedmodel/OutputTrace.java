package dev.iresnet.model.savedmodel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/**
 * Follows an output back, into the functions that make it, to the operation that shows its kind.
 */
public final class OutputTrace {
    /** These hand on what they are given. */
    private static final Set<String> PASSING =
            Set.of(
                    "Identity",
                    "IdentityN",
                    "Cast",
                    "StopGradient",
                    "EnsureShape",
                    "Squeeze",
                    "Reshape");

    private static final int LONGEST = 1000; // functions can call each other in a circle

    private final Functions functions;
    private int steps;

    private OutputTrace(Functions functions) {
        this.functions = functions;
    }

    /**
     * The operation that made a tensor.
     *
     * @param tensor for example {@code StatefulPartitionedCall:0}
     * @return its type, for example {@code Softmax}; empty where the graph does not tell
     */
    public static Optional<String> operation(GraphDef graph, String tensor) {
        return new OutputTrace(new Functions(graph.getLibrary()))
                .follow(Nodes.byName(graph), tensor);
    }

    private Optional<String> follow(Map<String, NodeDef> nodes, String tensor) {
        NodeDef node = nodes.get(Nodes.of(tensor));
        if (node == null || ++steps > LONGEST) {
            return Optional.empty();
        }
        Optional<FunctionDef> called = functions.calledBy(node);
        if (called.isPresent()) {
            return follow(called.get(), index(tensor));
        }
        if (!PASSING.contains(node.getOp()) || node.getInputCount() == 0) {
            return Optional.of(node.getOp());
        }
        int input = node.getOp().equals("IdentityN") ? index(tensor) : 0;
        return input < node.getInputCount()
                ? follow(nodes, node.getInput(input))
                : Optional.empty();
    }

    private Optional<String> follow(FunctionDef function, int output) {
        List<OpDef.ArgDef> outputs = function.getSignature().getOutputArgList();
        if (output >= outputs.size()) {
            return Optional.empty();
        }
        Map<String, NodeDef> nodes = new HashMap<>();
        function.getNodeDefList().forEach(node -> nodes.put(node.getName(), node));
        return follow(nodes, function.getRetOrDefault(outputs.get(output).getName(), ""));
    }

    /** 2 of {@code node:2}, and of {@code node:output:2} as functions write it. */
    private static int index(String tensor) {
        String last = tensor.substring(tensor.lastIndexOf(':') + 1);
        return last.matches("\\d{1,6}") ? Integer.parseInt(last) : 0;
    }
}
