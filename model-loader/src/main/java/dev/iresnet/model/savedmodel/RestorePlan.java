package dev.iresnet.model.savedmodel;

import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/**
 * Under which key a SavedModel of TensorFlow 2 keeps each variable. That is written nowhere but in
 * the function that restores them, which is read here and not run: {@code RestoreV2} of a constant
 * list of keys, of which output i goes through {@code Identity} to an {@code AssignVariableOp} of
 * an argument, which the call binds to a variable.
 */
public final class RestorePlan {
    private RestorePlan() {}

    /** Keys by the name of the variable's node. */
    public static Map<String, String> read(MetaGraphDef graph) {
        String root = Nodes.of(graph.getSaverDef().getRestoreOpName());
        NodeDef call = Nodes.byName(graph.getGraphDef()).get(root);
        Optional<FunctionDef> function =
                Optional.ofNullable(call)
                        .flatMap(new Functions(graph.getGraphDef().getLibrary())::calledBy);
        if (call == null || function.isEmpty()) {
            throw new IllegalArgumentException(
                    "its variables are not kept as TensorFlow 2 does."
                            + " Load it in TensorFlow 2 and save it by tf.saved_model.save");
        }
        Map<String, String> variables = new HashMap<>();
        keys(function.get())
                .forEach(
                        (argument, key) ->
                                variables.put(
                                        variable(call, function.get().getSignature(), argument),
                                        key));
        return variables;
    }

    private static String variable(NodeDef call, OpDef signature, String argument) {
        List<String> arguments =
                signature.getInputArgList().stream().map(OpDef.ArgDef::getName).toList();
        int index = arguments.indexOf(argument);
        if (index < 0 || index >= call.getInputCount()) {
            throw new IllegalArgumentException(
                    "what restores its variables has no argument " + argument);
        }
        return Nodes.of(call.getInput(index));
    }

    /** Keys by argument of the function. */
    private static Map<String, String> keys(FunctionDef function) {
        Map<String, NodeDef> nodes = new HashMap<>();
        function.getNodeDefList().forEach(node -> nodes.put(node.getName(), node));
        Map<String, String> keys = new HashMap<>();
        for (NodeDef node : function.getNodeDefList()) {
            if (node.getOp().equals("AssignVariableOp")) {
                keys.put(Nodes.input(node, 0), key(nodes, Nodes.input(node, 1)));
            }
        }
        return keys;
    }

    private static String key(Map<String, NodeDef> nodes, String value) {
        NodeDef identity = node(nodes, value, "Identity");
        String output = Nodes.input(identity, 0);
        NodeDef names = node(nodes, Nodes.input(node(nodes, output, "RestoreV2"), 1), "Const");
        List<ByteString> keys = names.getAttrOrThrow("value").getTensor().getStringValList();
        int index = Integer.parseInt(output.substring(output.lastIndexOf(':') + 1));
        if (index < 0 || index >= keys.size()) {
            throw new IllegalArgumentException("what restores its variables has no key " + index);
        }
        return keys.get(index).toStringUtf8();
    }

    private static NodeDef node(Map<String, NodeDef> nodes, String tensor, String operation) {
        NodeDef node = nodes.get(Nodes.of(tensor));
        if (node == null || !node.getOp().equals(operation)) {
            throw new IllegalArgumentException(
                    "what restores its variables has no %s where one is expected, at %s"
                            .formatted(operation, tensor));
        }
        return node;
    }
}
