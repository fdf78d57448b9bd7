package dev.iresnet.model.foreign;

import dev.iresnet.model.card.BoxFormat;
import dev.iresnet.model.card.ServedDetections;
import dev.iresnet.model.card.ServedSignature.Kind;
import dev.iresnet.model.foreign.SignatureSearch.Known;
import dev.iresnet.model.savedmodel.OutputTrace;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/** Tells by the names and shapes of a signature's outputs how a detector answers. */
final class DetectionSearch {
    private static final List<String> TENSORFLOW =
            List.of("detection_boxes", "detection_scores", "detection_classes", "num_detections");

    /** The first is TensorFlow's, the others are KerasHub's ({@code decode_predictions}). */
    private static final List<List<String>> CHOSEN =
            List.of(
                    TENSORFLOW,
                    List.of("boxes", "confidence", "labels", "num_detections"),
                    List.of("boxes", "confidence", "classes", "num_detections"));

    private static final Set<String> PROBABILITIES = Set.of("Sigmoid", "Softmax");

    private final Map<String, TensorInfo> outputs;
    private final Known known;

    private DetectionSearch(SignatureDef signature, Known known) {
        this.outputs = new TreeMap<>(signature.getOutputsMap());
        this.known = known;
    }

    /**
     * What was found.
     *
     * @param classes that there are scores for, the background's among them, where it says so
     * @param operation that makes the scores, where the graph shows it
     */
    record Found(ServedDetections output, OptionalInt classes, Optional<String> operation) {}

    /** Throws an {@link IllegalArgumentException} that names the outputs if it is no detector. */
    static Found search(SignatureDef signature, Known known, GraphDef graph) {
        DetectionSearch search = new DetectionSearch(signature, known);
        for (List<String> names : CHOSEN) {
            if (search.outputs.keySet().containsAll(names)) {
                return search.chosen(names);
            }
        }
        return search.scored(graph);
    }

    private Found chosen(List<String> names) {
        int first =
                known.firstClass()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "say by --first-class which number in %s is the first label's, or give a label map (.pbtxt) as --labels, which says it"
                                                        .formatted(names.get(2))));
        return new Found(
                new ServedDetections(
                        names.get(0),
                        known.format()
                                .or(
                                        () ->
                                                names.equals(TENSORFLOW)
                                                        ? Optional.of(BoxFormat.REL_YXYX)
                                                        : Optional.empty())
                                .orElseGet(() -> askFormat(names.get(0))),
                        names.get(1),
                        known.kind().orElse(Kind.PROBABILITIES),
                        first,
                        Optional.of(new ServedDetections.Chosen(names.get(2), names.get(3)))),
                OptionalInt.empty(),
                Optional.empty());
    }

    private Found scored(GraphDef graph) {
        List<String> boxes =
                outputs.keySet().stream()
                        .filter(name -> rank(name) == 3 && last(name) == 4)
                        .toList();
        if (boxes.size() == 2) {
            boxes = boxes.stream().filter(name -> name.contains("box")).toList();
        }
        if (outputs.size() != 2 || boxes.size() != 1) {
            throw refusal();
        }
        String box = boxes.get(0);
        String scores =
                outputs.keySet().stream()
                        .filter(name -> !name.equals(box))
                        .findFirst()
                        .orElseThrow();
        if (rank(scores) != 3 || last(scores) < 1) {
            throw refusal();
        }
        Optional<String> operation = OutputTrace.operation(graph, tensor(scores).getName());
        return new Found(
                new ServedDetections(
                        box,
                        known.format().orElseGet(() -> askFormat(box)),
                        scores,
                        known.kind().orElseGet(() -> kind(scores, operation)),
                        known.firstClass().orElse(0),
                        Optional.empty()),
                OptionalInt.of((int) last(scores)),
                operation);
    }

    private int rank(String output) {
        return tensor(output).getTensorShape().getDimCount();
    }

    private long last(String output) {
        return tensor(output).getTensorShape().getDim(rank(output) - 1).getSize();
    }

    private TensorInfo tensor(String output) {
        return Objects.requireNonNull(outputs.get(output));
    }

    private static Kind kind(String scores, Optional<String> operation) {
        if (operation.filter(PROBABILITIES::contains).isPresent()) {
            return Kind.PROBABILITIES;
        }
        if (operation.filter(SignatureSearch.LINEAR::contains).isPresent()) {
            return Kind.LOGITS;
        }
        throw new IllegalArgumentException(
                "its output %s is made by %s: say by --output-kind whether it is logits, of which the sigmoid is to be taken, or probabilities"
                        .formatted(scores, operation.orElse("an operation that was not found")));
    }

    private static BoxFormat askFormat(String boxes) {
        throw new IllegalArgumentException(
                "say by --box-format what the numbers of %s are: %s. They must be boxes; offsets from default boxes (anchors) are to be decoded within the signature"
                        .formatted(
                                boxes,
                                Arrays.stream(BoxFormat.values())
                                        .map(format -> format.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(", "))));
    }

    private IllegalArgumentException refusal() {
        return new IllegalArgumentException(
                "its signature gives %s; what can be served is scores [N,classes] alone, or %s, or boxes [N,boxes,4] and scores [N,boxes,classes] alone. Export a signature that gives one of these, or name another by --signature"
                        .formatted(
                                outputs.entrySet().stream()
                                        .map(DetectionSearch::text)
                                        .collect(Collectors.joining(", ")),
                                String.join(", ", TENSORFLOW)));
    }

    private static String text(Map.Entry<String, TensorInfo> output) {
        return output.getKey() + " " + SignatureShape.text(output.getValue().getTensorShape());
    }
}
