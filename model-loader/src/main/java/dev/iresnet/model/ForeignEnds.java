package dev.iresnet.model;

import dev.iresnet.image.Preprocessing;
import java.util.List;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

/** What is put before and behind a foreign network. */
final class ForeignEnds {
    static final String IMAGE = "iresnet/image";
    static final String PROBABILITIES = "iresnet/probabilities";

    private static final String PIXELS = "iresnet/pixels";
    private static final String CENTRED = "iresnet/centred";
    private static final String MEAN = "iresnet/mean";
    private static final String SCALE = "iresnet/scale";

    private final ServedSignature signature;
    private final Preprocessing rule;

    ForeignEnds(ServedSignature signature, Preprocessing rule) {
        this.signature = signature;
        this.rule = rule;
    }

    /** Nodes that take pixels; the last stands in the place of the placeholder. */
    List<NodeDef> prefix(NodeDef placeholder) {
        if (!placeholder.getOp().startsWith("Placeholder")) {
            throw new IllegalArgumentException(
                    "its input must be a placeholder, it is " + placeholder.getOp());
        }
        NodeDef image =
                Nodes.create(IMAGE, "Placeholder")
                        .putAttr("dtype", Attributes.type(DataType.DT_UINT8))
                        .putAttr("shape", Attributes.shape(-1, rule.height(), rule.width(), 3))
                        .build();
        if (signature.input().type() == ServedSignature.Type.UINT8) {
            return List.of(
                    image,
                    Nodes.create(placeholder.getName(), "Identity", IMAGE)
                            .putAttr("T", Attributes.type(DataType.DT_UINT8))
                            .build());
        }
        return List.of(
                image,
                Nodes.create(PIXELS, "Cast", IMAGE)
                        .putAttr("SrcT", Attributes.type(DataType.DT_UINT8))
                        .putAttr("DstT", Attributes.type(DataType.DT_FLOAT))
                        .build(),
                constant(MEAN, InputScale.mean(rule)),
                constant(SCALE, InputScale.scale(rule)),
                onFloats(Nodes.create(CENTRED, "Sub", PIXELS, MEAN)),
                onFloats(Nodes.create(placeholder.getName(), "Mul", CENTRED, SCALE)));
    }

    /** The node that gives probabilities. */
    List<NodeDef> suffix(String output) {
        String operation =
                signature.output().kind() == ServedSignature.Kind.LOGITS ? "Softmax" : "Identity";
        return List.of(onFloats(Nodes.create(PROBABILITIES, operation, output)));
    }

    private static NodeDef constant(String name, float[] values) {
        return Nodes.create(name, "Const")
                .putAttr("dtype", Attributes.type(DataType.DT_FLOAT))
                .putAttr("value", Attributes.floats(values))
                .build();
    }

    private static NodeDef onFloats(NodeDef.Builder node) {
        return node.putAttr("T", Attributes.type(DataType.DT_FLOAT)).build();
    }
}
