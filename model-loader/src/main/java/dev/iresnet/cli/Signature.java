package dev.iresnet.cli;

import dev.iresnet.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * A way to call a SavedModel.
 *
 * @param name of the signature
 * @param inputs by name, for example {@code image: uint8 [?,32,32,3]}
 * @param outputs by name
 */
record Signature(String name, Map<String, String> inputs, Map<String, String> outputs) {

    /** The signatures of a version of a model, in the order of their names. */
    static List<Signature> read(Path version) {
        Path file = version.resolve("saved_model.pb");
        Map<String, SignatureDef> signatures = new TreeMap<>();
        try {
            SavedModel.parseFrom(Files.readAllBytes(file))
                    .getMetaGraphsList()
                    .forEach(graph -> signatures.putAll(graph.getSignatureDefMap()));
        } catch (IOException e) {
            throw new ModelException("Cannot read %s: %s".formatted(file, e.getMessage()), e);
        }
        return signatures.entrySet().stream()
                .filter(entry -> entry.getValue().getInputsCount() > 0)
                .map(Signature::of)
                .toList();
    }

    private static Signature of(Map.Entry<String, SignatureDef> entry) {
        SignatureDef signature = entry.getValue();
        return new Signature(
                entry.getKey(),
                tensors(signature.getInputsMap()),
                tensors(signature.getOutputsMap()));
    }

    private static Map<String, String> tensors(Map<String, TensorInfo> tensors) {
        Map<String, String> described = new TreeMap<>();
        tensors.forEach((name, tensor) -> described.put(name, describe(tensor)));
        return described;
    }

    private static String describe(TensorInfo tensor) {
        String type = tensor.getDtype().name().replace("DT_", "").toLowerCase(Locale.ROOT);
        String shape =
                tensor.getTensorShape().getUnknownRank()
                        ? "of any shape"
                        : tensor.getTensorShape().getDimList().stream()
                                .map(d -> d.getSize() < 0 ? "?" : Long.toString(d.getSize()))
                                .collect(Collectors.joining(",", "[", "]"));
        return (type.equals("float") ? "float32" : type) + " " + shape;
    }
}
