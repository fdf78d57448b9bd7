package dev.iresnet.model.card;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** {@link ServedSignature} to and from its object in {@code model.json}. */
final class ServedSignatureJson {
    private ServedSignatureJson() {}

    static void write(ServedSignature signature, ObjectNode node) {
        node.put("name", signature.name());
        node.putObject("input")
                .put("name", signature.input().name())
                .put("type", signature.input().type().name());
        node.putObject("output")
                .put("name", signature.output().name())
                .put("kind", signature.output().kind().name());
    }

    /** Empty if it is wrong; the mistakes are collected in {@code node}. */
    static Optional<ServedSignature> read(JsonFields node) {
        String name = node.text("name");
        JsonFields in = node.object("input");
        ServedSignature.Input input =
                new ServedSignature.Input(
                        in.text("name"), in.constant("type", ServedSignature.Type.FLOAT32));
        JsonFields out = node.object("output");
        ServedSignature.Output output =
                new ServedSignature.Output(
                        out.text("name"), out.constant("kind", ServedSignature.Kind.LOGITS));
        in.refuseOthers();
        out.refuseOthers();
        node.refuseOthers();
        return node.valid("", () -> new ServedSignature(name, input, output));
    }
}
