package dev.iresnet.model.savedmodel;

import dev.iresnet.model.ModelException;
import dev.iresnet.model.Task;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.running.RunnableGraph;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * {@code saved_model.pb}, read and checked without native code.
 *
 * @param directory of the version
 * @param graph tagged {@code serve}
 * @param input tensor that takes uint8 [N,H,W,3], of clips [N,T,H,W,3]
 * @param outputs tensors that a model's {@link dev.iresnet.model.running.OutputHead} reads:
 *     probabilities, float32 [N,classes], of a classifier; boxes, float32 [N,boxes,4], and scores,
 *     float32 [N,boxes,classes], of a detector
 * @param kept other tensors that a rewritten graph has to keep: a classifier's logits
 */
public record SavedGraph(
        Path directory, MetaGraphDef graph, String input, List<String> outputs, List<String> kept) {
    /** The signature whose input is normalised already. */
    public static final String NORMALIZED = "normalized";

    /** The input of both signatures. */
    public static final String IMAGE = "image";

    public static final String LOGITS = "logits";
    public static final String PROBABILITIES = "probabilities";

    public static final String OFFSETS = "offsets";
    public static final String BOXES = "boxes";
    public static final String SCORES = "scores";

    private static final String TAG = "serve";
    private static final String SIGNATURE = "serving_default";

    /**
     * Reads and checks a model of {@link ModelDirectory#card}'s task.
     *
     * @throws ModelException naming the directory and what is wrong with its graph
     */
    public static SavedGraph read(ModelDirectory model) {
        return read(model.path(), model.card().task());
    }

    /** Reads and checks a classifier; as {@link #read(ModelDirectory)}. */
    static SavedGraph read(Path directory) {
        return read(directory, Task.CLASSIFICATION);
    }

    private static SavedGraph read(Path directory, Task task) {
        try {
            return checked(directory, task);
        } catch (IllegalArgumentException e) {
            throw new ModelException("%s: %s".formatted(directory, e.getMessage()), e);
        }
    }

    private static SavedGraph checked(Path directory, Task task) {
        MetaGraphDef graph = metaGraph(directory);
        SignatureDef signature = graph.getSignatureDefMap().get(SIGNATURE);
        if (signature == null) {
            throw new ModelException(
                    "%s has no signature %s; it has %s"
                            .formatted(directory, SIGNATURE, graph.getSignatureDefMap().keySet()));
        }
        boolean detects = task == Task.DETECTION;
        SavedGraph saved =
                new SavedGraph(
                        directory,
                        graph,
                        tensor(directory, signature.getInputsMap(), IMAGE, DataType.DT_UINT8),
                        detects
                                ? outputs(directory, signature, BOXES, SCORES)
                                : outputs(directory, signature, PROBABILITIES),
                        detects ? List.of() : outputs(directory, signature, LOGITS));
        GraphSafety.checkServed(graph.getGraphDef(), saved.tensors(), directory);
        return saved;
    }

    /**
     * The graph of any SavedModel after a check of what it could do, and of the index of its
     * variables.
     */
    public static MetaGraphDef metaGraph(Path directory) {
        MetaGraphDef graph = tagged(directory);
        GraphSafety.check(graph, directory);
        VariableIndex.check(directory);
        return graph;
    }

    /** What a rewritten graph has to keep. */
    public List<String> tensors() {
        List<String> tensors = new ArrayList<>(List.of(input));
        tensors.addAll(kept);
        tensors.addAll(outputs);
        return tensors;
    }

    /** Itself, or what became of it, in a session. */
    public RunnableGraph in(Graph runnable, Session session) {
        return new RunnableGraph(runnable, session, input, outputs);
    }

    /** Bytes of all variables that the tensors need. */
    public long weightBytes() {
        Map<String, NodeDef> nodes = Nodes.byName(graph.getGraphDef());
        return Nodes.reachable(nodes, tensors()).stream()
                .map(nodes::get)
                .filter(node -> node.getOp().equals(FrozenGraph.VARIABLE))
                .mapToLong(SavedGraph::bytes)
                .sum();
    }

    private static long bytes(NodeDef variable) {
        return variable.getAttrOrThrow("shape").getShape().getDimList().stream()
                .mapToLong(dim -> dim.getSize())
                .reduce(Float.BYTES, (a, b) -> a * b);
    }

    /** Where the names of the variables' files begin. */
    public String variables() {
        return variables(directory);
    }

    public static String variables(Path directory) {
        return directory.resolve("variables").resolve("variables").toString();
    }

    private static MetaGraphDef tagged(Path directory) {
        List<MetaGraphDef> graphs =
                SavedModelFile.read(directory).getMetaGraphsList().stream()
                        .filter(graph -> graph.getMetaInfoDef().getTagsList().equals(List.of(TAG)))
                        .toList();
        if (graphs.size() != 1) {
            throw new ModelException(
                    "%s has %d graphs tagged '%s', it needs one"
                            .formatted(
                                    directory.resolve(ModelDirectory.GRAPH), graphs.size(), TAG));
        }
        return graphs.get(0);
    }

    private static List<String> outputs(Path directory, SignatureDef signature, String... names) {
        return Stream.of(names)
                .map(name -> tensor(directory, signature.getOutputsMap(), name, DataType.DT_FLOAT))
                .toList();
    }

    private static String tensor(
            Path directory, Map<String, TensorInfo> tensors, String name, DataType type) {
        TensorInfo tensor = tensors.get(name);
        if (tensor == null || tensor.getDtype() != type) {
            throw new ModelException(
                    "%s: signature %s must have %s of type %s; it has %s"
                            .formatted(directory, SIGNATURE, name, type, tensors.keySet()));
        }
        return tensor.getName();
    }
}
