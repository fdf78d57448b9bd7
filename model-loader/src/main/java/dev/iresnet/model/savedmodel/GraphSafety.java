package dev.iresnet.model.savedmodel;

import dev.iresnet.model.ModelException;
import dev.iresnet.model.savedmodel.Operations.Use;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.TensorInfo;

/**
 * A SavedModel is a program. Accepts it only if all operations of its graph and of its functions
 * are on a closed list, {@link Operations}, and are where they are allowed: only the part that
 * saves and restores the variables may name files, and nothing random lies between input and
 * output.
 */
public final class GraphSafety {
    private static final int NAMED = 10;

    private final Map<String, NodeDef> nodes;
    private final Functions functions;

    /** Nodes by operation. */
    private final Map<Reason, Map<String, List<String>>> faults = new EnumMap<>(Reason.class);

    private GraphSafety(GraphDef graph) {
        nodes = Nodes.byName(graph);
        functions = new Functions(graph.getLibrary());
    }

    /**
     * Looks at all of it; throws a {@link ModelException} that names the operations that are
     * refused.
     */
    static void check(MetaGraphDef graph, Path model) {
        GraphSafety safety = new GraphSafety(graph.getGraphDef());
        Map<String, Part> parts = safety.parts(graph);
        safety.look(graph.getGraphDef(), parts, safety.functionParts(parts), Part.REST);
        safety.refuse(model);
    }

    /**
     * Looks at what is run for each picture; throws as {@link #check} does.
     *
     * @param tensors that are fetched
     */
    public static void checkServed(GraphDef graph, List<String> tensors, Path model) {
        GraphDef served = needed(graph, tensors);
        GraphSafety safety = new GraphSafety(served);
        safety.look(served, Map.of(), Map.of(), Part.SERVED);
        safety.refuse(model);
    }

    /** The graph without the nodes and functions that the tensors do not need. */
    public static GraphDef needed(GraphDef whole, List<String> tensors) {
        GraphDef kept = Nodes.keep(whole, Nodes.reachable(Nodes.byName(whole), tensors));
        Functions functions = new Functions(whole.getLibrary());
        Set<String> called = functions.reachable(kept.getNodeList());
        return kept.toBuilder().setLibrary(functions.keep(called)).build();
    }

    private void look(
            GraphDef graph, Map<String, Part> parts, Map<String, Part> functionParts, Part rest) {
        for (NodeDef node : nodes.values()) {
            look(node, parts.getOrDefault(node.getName(), rest), "");
        }
        for (FunctionDef function : graph.getLibrary().getFunctionList()) {
            String name = function.getSignature().getName();
            Part part = functionParts.getOrDefault(name, rest);
            function.getNodeDefList().forEach(node -> look(node, part, " of " + name));
        }
    }

    private void look(NodeDef node, Part part, String place) {
        String operation = node.getOp();
        String where = node.getName() + place;
        if (!functions.contains(operation)
                && Operations.use(operation).filter(part::mayUse).isEmpty()) {
            note(Reason.of(operation), operation, where);
        }
        Functions.named(node)
                .filter(function -> !functions.contains(function))
                .forEach(function -> note(Reason.FUNCTION, function, where));
    }

    private void note(Reason reason, String operation, String node) {
        faults.computeIfAbsent(reason, key -> new TreeMap<>())
                .computeIfAbsent(operation, key -> new ArrayList<>())
                .add(node);
    }

    private void refuse(Path model) {
        if (!faults.isEmpty()) {
            List<String> sentences = new ArrayList<>();
            faults.forEach(
                    (reason, operations) ->
                            sentences.add(
                                    operations.entrySet().stream()
                                            .limit(NAMED)
                                            .map(GraphSafety::describe)
                                            .collect(Collectors.joining(", ", "", reason.text))));
            throw new ModelException(model + " is refused: " + String.join("; ", sentences));
        }
    }

    private static String describe(Map.Entry<String, List<String>> fault) {
        List<String> places = fault.getValue();
        String rest = places.size() > 1 ? ", and %d more".formatted(places.size() - 1) : "";
        return "%s (%s%s)".formatted(fault.getKey(), places.get(0), rest);
    }

    /**
     * By node. Nodes that several parts need, and nodes that none needs, must be allowed in the
     * first.
     */
    private Map<String, Part> parts(MetaGraphDef graph) {
        Map<String, Part> parts = new HashMap<>();
        List<String> outputs =
                graph.getSignatureDefMap().values().stream()
                        .flatMap(signature -> signature.getOutputsMap().values().stream())
                        .map(TensorInfo::getName)
                        .toList();
        SaverDef saver = graph.getSaverDef();
        assign(parts, outputs, Part.REST);
        assign(parts, root(saver.getRestoreOpName()), Part.RESTORING);
        assign(parts, root(saver.getSaveTensorName()), Part.SAVING);
        return parts;
    }

    private void assign(Map<String, Part> parts, List<String> roots, Part part) {
        Nodes.reachable(nodes, roots).forEach(name -> parts.putIfAbsent(name, part));
    }

    private static List<String> root(String name) {
        return name.isEmpty() ? List.of() : List.of(name);
    }

    private Map<String, Part> functionParts(Map<String, Part> parts) {
        Map<String, Part> functionParts = new HashMap<>();
        for (Part part : List.of(Part.REST, Part.RESTORING, Part.SAVING)) {
            List<NodeDef> callers =
                    nodes.values().stream()
                            .filter(node -> part == parts.getOrDefault(node.getName(), Part.REST))
                            .toList();
            functions.reachable(callers).forEach(name -> functionParts.putIfAbsent(name, part));
        }
        return functionParts;
    }

    /** What a part of the graph is for, and what it may therefore do. */
    private enum Part {
        /** Run for each picture. */
        SERVED,
        /** All that neither reads nor writes files. */
        REST,
        /** Run by those who load, so it may not write. */
        RESTORING,
        SAVING;

        boolean mayUse(Use use) {
            return switch (use) {
                case SERVE -> true;
                case RANDOM, IDLE -> this != SERVED;
                case RESTORE -> this == RESTORING;
                case SAVE -> this == SAVING;
            };
        }
    }

    /** Why an operation is refused, and what to do. */
    private enum Reason {
        COMPILED(
                " holds code that JAX compiled and that is not looked into. Export with Keras'"
                        + " TensorFlow backend (KERAS_BACKEND=tensorflow)"),
        RANDOM(
                " is random and lies between input and output: the same picture would get other"
                        + " answers each time. Export a model without augmentation and dropout: in"
                        + " Keras, build it without the layers Random..., and export that"),
        TRAINING(
                " lies between input and output, where variables may not change and tables are"
                        + " not filled. Export the model for inference (training=False)"),
        UNLISTED(
                " is not among the operations that networks need, and could reach files, code or"
                        + " other machines. Export the model without it"),
        FUNCTION(" is named as a function, which the graph lacks. Export the model again");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        static Reason of(String operation) {
            if (operation.equals("XlaCallModule")) {
                return COMPILED;
            }
            return switch (Operations.use(operation).orElse(Use.SERVE)) {
                case RANDOM -> RANDOM;
                case IDLE -> TRAINING;
                case SERVE, RESTORE, SAVE -> UNLISTED;
            };
        }
    }
}
