package dev.iresnet.model.foreign;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.image.Preprocessing.ChannelOrder;
import dev.iresnet.model.card.ServedDetections;
import dev.iresnet.model.card.ServedSignature;
import dev.iresnet.model.export.InputScale;
import dev.iresnet.model.savedmodel.Attributes;
import dev.iresnet.model.savedmodel.Nodes;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorInfo;

/** Nodes before and behind the network of a SavedModel that another program wrote. */
final class ForeignEnds {
    static final String IMAGE = "iresnet/image";

    private static final String PROBABILITIES = "iresnet/probabilities";
    private static final String SCORES = "iresnet/scores";
    private static final String LOGITS = "iresnet/logits";

    /** Of detections, in the order of {@link ServedDetections#names}. */
    private static final List<String> PARTS =
            List.of("iresnet/boxes", SCORES, "iresnet/classes", "iresnet/count");

    private static final String CHANNELS = "iresnet/channels";
    private static final String REVERSED = "iresnet/reversed";
    private static final String PIXELS = "iresnet/pixels";
    private static final String CENTRED = "iresnet/centred";
    private static final String MEAN = "iresnet/mean";
    private static final String SCALE = "iresnet/scale";
    private static final String ONE = "iresnet/one";
    private static final String FIRST = "iresnet/first";
    private static final String AXIS = "iresnet/axis";
    private static final String BOTH = "iresnet/both";

    private final ServedSignature signature;
    private final Preprocessing rule;

    ForeignEnds(ServedSignature signature, Preprocessing rule) {
        this.signature = signature;
        this.rule = rule;
    }

    /** Nodes that take pixels; the last replaces the placeholder. */
    List<NodeDef> prefix(NodeDef placeholder) {
        if (!placeholder.getOp().startsWith("Placeholder")) {
            throw new IllegalArgumentException(
                    "its input must be a placeholder, it is " + placeholder.getOp());
        }
        List<NodeDef> nodes = new ArrayList<>();
        nodes.add(
                Nodes.create(IMAGE, "Placeholder")
                        .putAttr("dtype", Attributes.type(DataType.DT_UINT8))
                        .putAttr("shape", Attributes.shape(-1, rule.height(), rule.width(), 3))
                        .build());
        String ordered = IMAGE;
        if (rule.channelOrder() == ChannelOrder.BGR) {
            ordered = REVERSED;
            nodes.add(
                    Nodes.create(CHANNELS, "Const")
                            .putAttr("dtype", Attributes.type(DataType.DT_INT32))
                            .putAttr("value", Attributes.oneInteger(3))
                            .build());
            nodes.add(
                    Nodes.create(REVERSED, "ReverseV2", IMAGE, CHANNELS)
                            .putAttr("T", Attributes.type(DataType.DT_UINT8))
                            .putAttr("Tidx", Attributes.type(DataType.DT_INT32))
                            .build());
        }
        if (signature.input().type() == ServedSignature.Type.UINT8) {
            nodes.add(
                    Nodes.create(placeholder.getName(), "Identity", ordered)
                            .putAttr("T", Attributes.type(DataType.DT_UINT8))
                            .build());
            return nodes;
        }
        nodes.add(
                Nodes.create(PIXELS, "Cast", ordered)
                        .putAttr("SrcT", Attributes.type(DataType.DT_UINT8))
                        .putAttr("DstT", Attributes.type(DataType.DT_FLOAT))
                        .build());
        nodes.add(constant(MEAN, InputScale.mean(rule)));
        nodes.add(constant(SCALE, InputScale.scale(rule)));
        nodes.add(onFloats(Nodes.create(CENTRED, "Sub", PIXELS, MEAN)));
        nodes.add(onFloats(Nodes.create(placeholder.getName(), "Mul", CENTRED, SCALE)));
        return nodes;
    }

    /** Tensors that give what an output head reads, in its order. */
    List<String> outputs() {
        return signature.output() instanceof ServedDetections detections
                ? PARTS.subList(0, detections.names().size())
                : List.of(PROBABILITIES);
    }

    /**
     * The nodes that give what an output head reads.
     *
     * @param outputs of the signature, by {@link ServedSignature.Output#names}
     * @param single whether a classifier's output is one a picture: that of the second of two
     *     labels, so that the first has the rest, {@code softmax(0, z) = (1 - sigmoid(z),
     *     sigmoid(z))}
     */
    List<NodeDef> suffix(List<TensorInfo> outputs, boolean single) {
        if (signature.output() instanceof ServedDetections) {
            return detections(outputs);
        }
        String output = outputs.get(0).getName();
        return single ? ofTwo(output) : List.of(probabilities(output));
    }

    /** A head reads floats; networks count in whole numbers, too. */
    private List<NodeDef> detections(List<TensorInfo> outputs) {
        List<NodeDef> nodes = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            TensorInfo output = outputs.get(i);
            boolean logits =
                    PARTS.get(i).equals(SCORES)
                            && signature.output().kind() == ServedSignature.Kind.LOGITS;
            String cast = logits ? LOGITS : PARTS.get(i);
            nodes.add(
                    Nodes.create(cast, "Cast", output.getName())
                            .putAttr("SrcT", Attributes.type(output.getDtype()))
                            .putAttr("DstT", Attributes.type(DataType.DT_FLOAT))
                            .build());
            if (logits) {
                nodes.add(onFloats(Nodes.create(SCORES, "Sigmoid", LOGITS)));
            }
        }
        return nodes;
    }

    private List<NodeDef> ofTwo(String output) {
        boolean logit = signature.output().kind() == ServedSignature.Kind.LOGITS;
        NodeDef first =
                logit
                        ? onFloats(Nodes.create(FIRST, "ZerosLike", output))
                        : onFloats(Nodes.create(FIRST, "Sub", ONE, output));
        return List.of(
                constant(ONE, new float[] {1}),
                first,
                Nodes.create(AXIS, "Const")
                        .putAttr("dtype", Attributes.type(DataType.DT_INT32))
                        .putAttr("value", Attributes.integer(1))
                        .build(),
                Nodes.create(BOTH, "ConcatV2", FIRST, output, AXIS)
                        .putAttr("N", AttrValue.newBuilder().setI(2).build())
                        .putAttr("T", Attributes.type(DataType.DT_FLOAT))
                        .putAttr("Tidx", Attributes.type(DataType.DT_INT32))
                        .build(),
                probabilities(BOTH));
    }

    private NodeDef probabilities(String output) {
        String operation =
                signature.output().kind() == ServedSignature.Kind.LOGITS ? "Softmax" : "Identity";
        return onFloats(Nodes.create(PROBABILITIES, operation, output));
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
