package dev.iresnet.model.foreign;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.card.ServedDetections;
import dev.iresnet.model.card.ServedSignature;
import dev.iresnet.model.running.FixedBatchModel;
import dev.iresnet.model.running.OutputHead;
import dev.iresnet.model.running.RunnableGraph;
import dev.iresnet.model.running.TensorFlowModel;
import dev.iresnet.model.savedmodel.GraphSafety;
import dev.iresnet.model.savedmodel.Nodes;
import dev.iresnet.model.savedmodel.RestorePlan;
import dev.iresnet.model.savedmodel.SavedGraph;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * A SavedModel that another program wrote, between nodes of our own: pixels become what its input
 * expects, its outputs become what an output head reads, and its variables are restored by their
 * keys. Only what the signature needs is taken of it; its own code to restore and initialise itself
 * is not run.
 *
 * @param graph to be run
 * @param shape of the signature
 * @param signature by which it is called
 * @param outputs tensors that its output head reads
 */
public record ForeignGraph(
        GraphDef graph, SignatureShape shape, ServedSignature signature, List<String> outputs) {
    private static final String VARIABLE = "VarHandleOp";

    /**
     * Reads and checks, without native code.
     *
     * @throws ModelException naming the directory and what is wrong
     */
    public static ForeignGraph read(Path directory, ServedSignature served, Preprocessing rule) {
        try {
            return of(directory, served, rule);
        } catch (IllegalArgumentException e) {
            throw new ModelException("%s: %s".formatted(directory, e.getMessage()), e);
        }
    }

    private static ForeignGraph of(Path directory, ServedSignature served, Preprocessing rule) {
        MetaGraphDef saved = SavedGraph.metaGraph(directory);
        SignatureDef signature =
                saved.getSignatureDefOrDefault(served.name(), SignatureDef.getDefaultInstance());
        TensorInfo input = tensor(signature.getInputsMap(), served.input().name());
        List<TensorInfo> outputs =
                served.output().names().stream()
                        .map(name -> tensor(signature.getOutputsMap(), name))
                        .toList();
        SignatureShape shape = shape(served, input, outputs.get(0));
        shape.requireSize(rule);
        requireType(input, type(served.input().type()));
        List<String> tensors = outputs.stream().map(TensorInfo::getName).toList();
        GraphSafety.checkServed(saved.getGraphDef(), tensors, directory);
        GraphDef needed = GraphSafety.needed(saved.getGraphDef(), tensors);
        GraphDef.Builder graph = needed.toBuilder().clearNode();
        ForeignEnds ends = new ForeignEnds(served, rule);
        String fed = Nodes.of(input.getName());
        if (needed.getNodeList().stream().noneMatch(node -> node.getName().equals(fed))) {
            throw new IllegalArgumentException(
                    "its outputs do not depend on its input " + served.input().name());
        }
        for (NodeDef node : needed.getNodeList()) {
            if (node.getName().equals(fed)) {
                graph.addAllNode(ends.prefix(node));
            } else {
                graph.addNode(node);
            }
        }
        graph.addAllNode(ends.suffix(outputs, shape.classes().orElse(0) == 1));
        graph.addAllNode(restoring(needed, saved, directory));
        return new ForeignGraph(graph.build(), shape, served, ends.outputs());
    }

    private static SignatureShape shape(
            ServedSignature served, TensorInfo input, TensorInfo output) {
        if (served.output() instanceof ServedDetections) {
            return SignatureShape.of(input);
        }
        requireType(output, DataType.DT_FLOAT);
        return SignatureShape.of(input, output);
    }

    private static DataType type(ServedSignature.Type type) {
        return type == ServedSignature.Type.UINT8 ? DataType.DT_UINT8 : DataType.DT_FLOAT;
    }

    private static TensorInfo tensor(Map<String, TensorInfo> tensors, String name) {
        TensorInfo tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException(
                    "model.json names %s, which its signature lacks; it has %s"
                            .formatted(name, tensors.keySet()));
        }
        return tensor;
    }

    private static void requireType(TensorInfo tensor, DataType type) {
        if (tensor.getDtype() != type) {
            throw new IllegalArgumentException(
                    "%s is %s, not %s".formatted(tensor.getName(), tensor.getDtype(), type));
        }
    }

    private static List<NodeDef> restoring(GraphDef needed, MetaGraphDef saved, Path directory) {
        List<NodeDef> variables =
                needed.getNodeList().stream()
                        .filter(node -> node.getOp().equals(VARIABLE))
                        .toList();
        if (variables.isEmpty()) {
            return ForeignVariables.none();
        }
        Map<String, String> plan = RestorePlan.read(saved);
        List<String> keys = new ArrayList<>();
        for (NodeDef variable : variables) {
            String key = plan.get(variable.getName());
            if (key == null) {
                throw new IllegalArgumentException(
                        "nothing restores its variable " + variable.getName());
            }
            keys.add(key);
        }
        return ForeignVariables.restore(variables, keys, SavedGraph.variables(directory));
    }

    /** Loads it, and its variables. */
    public RunnableGraph start(ConfigProto config) {
        return start(new Graph(), config);
    }

    /** The same into an empty graph, which is closed with what is returned, or at once. */
    public RunnableGraph start(Graph empty, ConfigProto config) {
        try {
            empty.importGraphDef(graph);
            Session session = new Session(empty, config);
            try {
                session.runner().addTarget(ForeignVariables.READY).run().close();
            } catch (RuntimeException | Error e) {
                session.close();
                throw e;
            }
            return new RunnableGraph(empty, session, ForeignEnds.IMAGE, outputs);
        } catch (RuntimeException | Error e) {
            empty.close();
            throw e;
        }
    }

    /** Itself, started, as a model; takes over the started graph. */
    public Model model(ModelDescription description, RunnableGraph started) {
        return model(description, started, false);
    }

    /** The same to be tried out: it throws where its numbers are none that such a model gives. */
    public Model trial(ModelDescription description, RunnableGraph started) {
        return model(description, started, true);
    }

    private Model model(ModelDescription description, RunnableGraph started, boolean trial) {
        OutputHead head = OutputHead.of(description, signature, trial);
        Model model = new TensorFlowModel(description, started, head);
        return shape.batch().isPresent()
                ? new FixedBatchModel(model, shape.batch().getAsInt())
                : model;
    }
}
