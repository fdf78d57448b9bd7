package dev.iresnet.model;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.TensorInfo;

/**
 * A SavedModel is a program. Refuses those that could touch files, Python, the network or other
 * processes; only the part that saves and restores the variables may name files.
 */
final class GraphSafety {
    private static final int NAMED = 10;
    private static final Pattern FORBIDDEN =
            Pattern.compile(
                    ".*(PyFunc|ReadFile|WriteFile|MatchingFiles|FileSystem|MergeV2Checkpoints"
                            + "|TextFile|Dataset|Iterator|Reader|Summary|Rpc|Remote|Debug).*"
                            + "|(Save|Restore)(V2|Slices?)?|ShardedFile.*|ImmutableConst|Print(V2)?"
                            + "|_?(Host)?(Send|Recv)|RegisterDataset.*|LookupTable(Export|Import).*"
                            + "|GenerateVocabRemapping|LoadAndRemapMatrix|Composite.*|XlaLaunch.*"
                            // files in places where their names do not show it
                            + "|RecordInput|Skipgram|FixedUnigramCandidateSampler|DumpTensor"
                            + "|CalibrationStatisticsSaver|DistributedSave|DTensor.*"
                            // other machines, hosts and code; the process's end
                            + "|Collective.*|_?Xla(Host|Custom|Send|Recv).*|_?.*TPU.*"
                            + "|MlirPassthroughOp|Abort");

    private final Map<String, NodeDef> nodes;
    private final Functions functions;
    private final Set<String> faults = new TreeSet<>();

    private GraphSafety(GraphDef graph) {
        nodes = Nodes.byName(graph);
        functions = new Functions(graph.getLibrary());
    }

    /** Throws a {@link ModelException} that names the operations at fault. */
    static void check(MetaGraphDef graph, Path model) {
        GraphSafety safety = new GraphSafety(graph.getGraphDef());
        safety.look(graph);
        if (!safety.faults.isEmpty()) {
            List<String> named = safety.faults.stream().limit(NAMED).toList();
            throw new ModelException(
                    "%s is refused: it could reach files, Python or the network by %s"
                            .formatted(model, String.join(", ", named)));
        }
    }

    private void look(MetaGraphDef graph) {
        Map<String, Part> parts = parts(graph);
        Map<String, Part> functionParts = functionParts(parts);
        for (NodeDef node : nodes.values()) {
            look(node, parts.getOrDefault(node.getName(), Part.SERVING), "");
        }
        for (FunctionDef function : graph.getGraphDef().getLibrary().getFunctionList()) {
            String name = function.getSignature().getName();
            Part part = functionParts.getOrDefault(name, Part.SERVING);
            function.getNodeDefList().forEach(node -> look(node, part, " of " + name));
        }
    }

    private void look(NodeDef node, Part part, String place) {
        if (FORBIDDEN.matcher(node.getOp()).matches() && !part.mayUse(node.getOp())) {
            faults.add(node.getOp() + " (" + node.getName() + place + ")");
        }
    }

    /** By node; what more than one part needs has to be fit for the first, as has the rest. */
    private Map<String, Part> parts(MetaGraphDef graph) {
        Map<String, Part> parts = new HashMap<>();
        List<String> outputs =
                graph.getSignatureDefMap().values().stream()
                        .flatMap(signature -> signature.getOutputsMap().values().stream())
                        .map(TensorInfo::getName)
                        .toList();
        SaverDef saver = graph.getSaverDef();
        assign(parts, outputs, Part.SERVING);
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
        for (Part part : Part.values()) {
            List<NodeDef> callers =
                    nodes.values().stream()
                            .filter(
                                    node ->
                                            part
                                                    == parts.getOrDefault(
                                                            node.getName(), Part.SERVING))
                            .toList();
            functions.reachable(callers).forEach(name -> functionParts.putIfAbsent(name, part));
        }
        return functionParts;
    }

    /** What a part of the graph is for, and what it may therefore do; the strictest first. */
    private enum Part {
        SERVING("(?!)"), // nothing matches
        /** Run by those who load, so it may not write. */
        RESTORING("Restore(V2)?"),
        SAVING("Save(V2)?|MergeV2Checkpoints|ShardedFile.*");

        private final Pattern operations;

        Part(String operations) {
            this.operations = Pattern.compile(operations);
        }

        boolean mayUse(String operation) {
            return operations.matcher(operation).matches();
        }
    }
}
