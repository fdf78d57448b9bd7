package dev.iresnet.model.foreign;

import dev.iresnet.model.ModelException;
import dev.iresnet.model.card.ServedSignature;
import dev.iresnet.model.savedmodel.GraphSafety;
import dev.iresnet.model.savedmodel.OutputTrace;
import dev.iresnet.model.savedmodel.SavedGraph;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/** Finds out how to call a SavedModel that another program wrote. Starts no native code. */
public final class SignatureSearch {
    private static final String USUAL = "serving_default";
    private static final Set<String> LINEAR =
            Set.of(
                    "Add",
                    "AddV2",
                    "BatchMatMulV2",
                    "BiasAdd",
                    "Conv2D",
                    "Einsum",
                    "LogSoftmax",
                    "MatMul",
                    "Mean");

    private final Path directory;
    private final MetaGraphDef graph;

    private SignatureSearch(Path directory, MetaGraphDef graph) {
        this.directory = directory;
        this.graph = graph;
    }

    /**
     * What was found.
     *
     * @param signature to be called
     * @param shape what it says of its tensors
     * @param operation that makes the output, where the graph shows it
     */
    public record Found(
            ServedSignature signature, SignatureShape shape, Optional<String> operation) {}

    /**
     * Searches, after a check of what the graph could do.
     *
     * @param directory with {@code saved_model.pb} in it
     * @param name of the signature, if it is known
     * @param kind of the output, if it is known
     * @throws ModelException if the graph is refused, or does not tell; says which options would
     */
    public static Found search(
            Path directory, Optional<String> name, Optional<ServedSignature.Kind> kind) {
        try {
            MetaGraphDef graph = SavedGraph.metaGraph(directory);
            return new SignatureSearch(directory, graph).find(name, kind);
        } catch (IllegalArgumentException e) {
            throw new ModelException("%s: %s".formatted(directory, e.getMessage()), e);
        }
    }

    private Found find(Optional<String> wanted, Optional<ServedSignature.Kind> kind) {
        String name = wanted.orElseGet(this::onlyOne);
        SignatureDef signature = graph.getSignatureDefMap().get(name);
        if (signature == null) {
            throw refusal("has no signature %s; it has %s".formatted(name, names()));
        }
        Map.Entry<String, TensorInfo> input = single(name, "input", signature.getInputsMap());
        Map.Entry<String, TensorInfo> output = single(name, "output", signature.getOutputsMap());
        if (output.getValue().getDtype() != DataType.DT_FLOAT) {
            throw refusal(
                    "output %s is %s; only float32 scores can be served"
                            .formatted(output.getKey(), output.getValue().getDtype()));
        }
        SignatureShape shape = SignatureShape.of(input.getValue(), output.getValue());
        GraphSafety.checkServed(
                graph.getGraphDef(), List.of(output.getValue().getName()), directory);
        Optional<String> operation =
                OutputTrace.operation(graph.getGraphDef(), output.getValue().getName());
        return new Found(
                new ServedSignature(
                        name,
                        new ServedSignature.Input(input.getKey(), type(input)),
                        new ServedSignature.Output(
                                output.getKey(), kind.orElseGet(() -> kind(operation, shape)))),
                shape,
                operation);
    }

    private String onlyOne() {
        List<String> names = names();
        if (names.contains(USUAL)) {
            return USUAL;
        }
        if (names.size() != 1) {
            throw refusal("has signatures %s: say which by --signature".formatted(names));
        }
        return names.get(0);
    }

    private List<String> names() {
        return graph.getSignatureDefMap().entrySet().stream()
                .filter(entry -> entry.getValue().getInputsCount() > 0)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private Map.Entry<String, TensorInfo> single(
            String signature, String what, Map<String, TensorInfo> tensors) {
        if (tensors.size() != 1) {
            throw refusal(
                    "signature %s must have one %s, it has %s. Export one that has, or name another by --signature"
                            .formatted(
                                    signature, what, tensors.keySet().stream().sorted().toList()));
        }
        return tensors.entrySet().iterator().next();
    }

    private ServedSignature.Type type(Map.Entry<String, TensorInfo> input) {
        return switch (input.getValue().getDtype()) {
            case DT_UINT8 -> ServedSignature.Type.UINT8;
            case DT_FLOAT -> ServedSignature.Type.FLOAT32;
            default ->
                    throw refusal(
                            "input %s is %s; only uint8 and float32 pictures can be given"
                                    .formatted(input.getKey(), input.getValue().getDtype()));
        };
    }

    private ServedSignature.Kind kind(Optional<String> operation, SignatureShape shape) {
        boolean single = shape.classes().orElse(0) == 1;
        if (single && operation.filter("Sigmoid"::equals).isPresent()) {
            return ServedSignature.Kind.PROBABILITIES;
        }
        if (single && operation.filter("Softmax"::equals).isPresent()) {
            throw refusal(
                    "its one output is made by Softmax, which over one value is always 1: export it"
                            + " with a sigmoid in its place, or with two outputs");
        }
        if (operation.filter("Softmax"::equals).isPresent()) {
            return ServedSignature.Kind.PROBABILITIES;
        }
        if (operation.filter(LINEAR::contains).isPresent()) {
            return ServedSignature.Kind.LOGITS;
        }
        throw refusal(
                "its output is made by %s: say by --output-kind whether it is logits or probabilities"
                        .formatted(operation.orElse("an operation that was not found")));
    }

    private ModelException refusal(String reason) {
        return new ModelException(directory + ": " + reason);
    }
}
