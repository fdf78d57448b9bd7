package dev.iresnet.cli.inspection;

import dev.iresnet.model.savedmodel.SavedModelFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * A way to call a SavedModel.
 *
 * @param name of the signature
 * @param inputs by name, for example {@code image: uint8 [?,32,32,3]}
 * @param outputs by name
 */
record SignatureFacts(String name, Map<String, String> inputs, Map<String, String> outputs) {

    /** The signatures of a version of a model, in the order of their names. */
    static List<SignatureFacts> read(Path version) {
        Map<String, SignatureDef> signatures = new TreeMap<>();
        SavedModelFile.read(version)
                .getMetaGraphsList()
                .forEach(graph -> signatures.putAll(graph.getSignatureDefMap()));
        return signatures.entrySet().stream()
                .filter(entry -> entry.getValue().getInputsCount() > 0)
                .map(SignatureFacts::of)
                .toList();
    }

    private static SignatureFacts of(Map.Entry<String, SignatureDef> entry) {
        SignatureDef signature = entry.getValue();
        return new SignatureFacts(
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
