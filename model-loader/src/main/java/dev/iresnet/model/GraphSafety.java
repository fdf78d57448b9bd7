package dev.iresnet.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SaverDef;

/**
 * A SavedModel is a program. Refuses those that could touch files, Python, the network or other
 * processes; only the part that saves and restores the variables may name files.
 */
final class GraphSafety {
    private static final Pattern FORBIDDEN =
            Pattern.compile(
                    ".*(PyFunc|ReadFile|WriteFile|MatchingFiles|Filesystem|MergeV2Checkpoints"
                            + "|TextFile|Dataset|Iterator|Reader|Summary|Rpc|Remote|Debug).*"
                            + "|(Save|Restore)(V2|Slices?)?|ShardedFile.*|ImmutableConst|Print(V2)?"
                            + "|_?(Host)?(Send|Recv)|RegisterDataset.*|LookupTable(Export|Import).*"
                            + "|GenerateVocabRemapping|LoadAndRemapMatrix|Composite.*|XlaLaunch.*");

    private static final Pattern SAVING =
            Pattern.compile("(Save|Restore)(V2)?|MergeV2Checkpoints|ShardedFile.*");

    private GraphSafety() {}

    /** Throws a {@link ModelException} that names the operations at fault. */
    static void check(MetaGraphDef graph, Path model) {
        Map<String, NodeDef> nodes = Nodes.byName(graph.getGraphDef());
        Set<String> saver = saver(graph.getSaverDef(), nodes);
        Set<String> faults = new TreeSet<>();
        for (NodeDef node : nodes.values()) {
            boolean saves = saver.contains(node.getName()) && matches(SAVING, node);
            if (matches(FORBIDDEN, node) && !saves) {
                faults.add(node.getOp() + " (" + node.getName() + ")");
            }
        }
        for (FunctionDef function : graph.getGraphDef().getLibrary().getFunctionList()) {
            for (NodeDef node : function.getNodeDefList()) {
                if (matches(FORBIDDEN, node)) {
                    String name = function.getSignature().getName();
                    faults.add(node.getOp() + " (" + node.getName() + " of " + name + ")");
                }
            }
        }
        if (!faults.isEmpty()) {
            List<String> named = new ArrayList<>(faults).subList(0, Math.min(10, faults.size()));
            throw new ModelException(
                    "%s is refused: it could reach files, Python or the network by %s"
                            .formatted(model, String.join(", ", named)));
        }
    }

    private static boolean matches(Pattern pattern, NodeDef node) {
        return pattern.matcher(node.getOp()).matches();
    }

    private static Set<String> saver(SaverDef saver, Map<String, NodeDef> nodes) {
        List<String> roots = new ArrayList<>();
        for (String root : List.of(saver.getSaveTensorName(), saver.getRestoreOpName())) {
            if (!root.isEmpty()) {
                roots.add(root);
            }
        }
        return Nodes.reachable(nodes, roots);
    }
}
