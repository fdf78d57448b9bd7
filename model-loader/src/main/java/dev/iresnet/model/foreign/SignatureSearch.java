package dev.iresnet.model.foreign;

import dev.iresnet.model.ModelException;
import dev.iresnet.model.card.BoxFormat;
import dev.iresnet.model.card.ServedSignature;
import dev.iresnet.model.savedmodel.GraphSafety;
import dev.iresnet.model.savedmodel.OutputTrace;
import dev.iresnet.model.savedmodel.SavedGraph;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/** Finds out how to call a SavedModel that another program wrote. Starts no native code. */
public final class SignatureSearch {
    private static final String USUAL = "serving_default";

    /** What makes logits. */
    static final Set<String> LINEAR =
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
     * What a user says of a SavedModel.
     *
     * @param signature name of it
     * @param kind of the scores
     * @param format of a detector's boxes
     * @param firstClass a detector's number of the first label
     */
    public record Known(
            Optional<String> signature,
            Optional<ServedSignature.Kind> kind,
            Optional<BoxFormat> format,
            OptionalInt firstClass) {}

    /**
     * What was found.
     *
     * @param signature to be called
     * @param shape what it says of its tensors
     * @param classes that there are scores for, where it says so; with a detector's background
     * @param operation that makes the scores, where the graph shows it
     */
    public record Found(
            ServedSignature signature,
            SignatureShape shape,
            OptionalInt classes,
            Optional<String> operation) {}

    /**
     * Searches, after a check of what the graph could do.
     *
     * @param directory with {@code saved_model.pb} in it
     * @throws ModelException if the graph is refused, or does not tell; says which options would
     */
    public static Found search(Path directory, Known known) {
        try {
            MetaGraphDef graph = SavedGraph.metaGraph(directory);
            return new SignatureSearch(directory, graph).find(known);
        } catch (IllegalArgumentException e) {
            throw new ModelException("%s: %s".formatted(directory, e.getMessage()), e);
        }
    }

    private Found find(Known known) {
        String name = known.signature().orElseGet(this::onlyOne);
        SignatureDef signature = graph.getSignatureDefMap().get(name);
        if (signature == null) {
            throw refusal("has no signature %s; it has %s".formatted(name, names()));
        }
        Map.Entry<String, TensorInfo> input = single(name, signature.getInputsMap());
        ServedSignature.Input pictures = new ServedSignature.Input(input.getKey(), type(input));
        GraphSafety.checkServed(
                graph.getGraphDef(),
                signature.getOutputsMap().values().stream().map(TensorInfo::getName).toList(),
                directory);
        if (signature.getOutputsCount() != 1) {
            DetectionSearch.Found found =
                    DetectionSearch.search(signature, known, graph.getGraphDef());
            return new Found(
                    new ServedSignature(name, pictures, found.output()),
                    SignatureShape.of(input.getValue()),
                    found.classes(),
                    found.operation());
        }
        Map.Entry<String, TensorInfo> output =
                signature.getOutputsMap().entrySet().iterator().next();
        if (output.getValue().getDtype() != DataType.DT_FLOAT) {
            throw refusal(
                    "output %s is %s; only float32 scores can be served"
                            .formatted(output.getKey(), output.getValue().getDtype()));
        }
        SignatureShape shape = SignatureShape.of(input.getValue(), output.getValue());
        Optional<String> operation =
                OutputTrace.operation(graph.getGraphDef(), output.getValue().getName());
        return new Found(
                new ServedSignature(
                        name,
                        pictures,
                        new ServedSignature.Scores(
                                output.getKey(),
                                known.kind().orElseGet(() -> kind(operation, shape)))),
                shape,
                shape.classes(),
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
            String signature, Map<String, TensorInfo> tensors) {
        if (tensors.size() != 1) {
            throw refusal(
                    "signature %s must have one input, it has %s. Export one that has, or name another by --signature"
                            .formatted(signature, tensors.keySet().stream().sorted().toList()));
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
