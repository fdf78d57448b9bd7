package dev.iresnet.model.rewriting;

import com.google.protobuf.ByteString;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Folds affine maps of a frozen graph into the convolutions beside them: the norms that follow one
 * (a block's inner norms, the Start's last, the projection's), and the scale of the input's
 * normalisation into the first. The norms that lead a block and the one at a stage's End follow a
 * sum and stay; the mean of the input stays because a convolution pads with zeros behind it.
 */
public final class Folding {
    /** A bias knows no other name for it, whatever the rank. */
    private static final AttrValue CHANNELS_LAST =
            AttrValue.newBuilder().setS(ByteString.copyFromUtf8("NHWC")).build();

    private final NodeTable table;

    private Folding(NodeTable table) {
        this.table = table;
    }

    /**
     * Folds what it can.
     *
     * @param outputs tensors that must keep their names and, up to rounding, their values
     */
    public static GraphDef fold(GraphDef frozen, List<String> outputs) {
        Folding folding = new Folding(new NodeTable(frozen));
        for (NodeDef node : frozen.getNodeList()) {
            switch (node.getOp()) {
                case "FusedBatchNormV3" -> folding.norm(node);
                case "Mul" -> folding.scale(node);
                default -> {}
            }
        }
        return folding.table.keep(outputs);
    }

    private void norm(NodeDef norm) {
        NodeDef conv = table.get(norm.getInput(0));
        if (!isConv(conv)
                || table.onlyConsumer(conv).isEmpty()
                || norm.getAttrOrThrow("is_training").getB()
                || !hasOwnConstants(norm)
                || !table.isOwnConstant(conv.getInput(1))) {
            return;
        }
        Affine affine = affine(norm);
        scaleOutputs(conv.getInput(1), affine.scale);
        String offset = norm.getInput(2);
        table.setValues(offset, affine.offset);
        table.put(
                NodeDef.newBuilder()
                        .setName(norm.getName())
                        .setOp("BiasAdd")
                        .addInput(norm.getInput(0))
                        .addInput(offset)
                        .putAttr("T", norm.getAttrOrThrow("T"))
                        .putAttr("data_format", CHANNELS_LAST)
                        .build());
    }

    private boolean hasOwnConstants(NodeDef norm) {
        return norm.getInputCount() >= 5
                && norm.getInputList().subList(1, 5).stream().allMatch(table::isOwnConstant);
    }

    private Affine affine(NodeDef norm) {
        FloatBuffer gamma = table.values(norm.getInput(1));
        FloatBuffer beta = table.values(norm.getInput(2));
        FloatBuffer mean = table.values(norm.getInput(3));
        FloatBuffer variance = table.values(norm.getInput(4));
        double epsilon = norm.getAttrOrThrow("epsilon").getF();
        Affine affine = new Affine(new double[gamma.remaining()], new float[gamma.remaining()]);
        for (int c = 0; c < affine.scale.length; c++) {
            affine.scale[c] = gamma.get(c) / Math.sqrt(variance.get(c) + epsilon);
            affine.offset[c] = (float) (beta.get(c) - mean.get(c) * affine.scale[c]);
        }
        return affine;
    }

    private void scaleOutputs(String filter, double[] scale) {
        FloatBuffer values = table.values(filter);
        float[] scaled = new float[values.remaining()];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) (values.get(i) * scale[i % scale.length]);
        }
        table.setValues(filter, scaled);
    }

    private void scale(NodeDef mul) {
        Optional<NodeDef> next = table.onlyConsumer(mul);
        // a convolution over clips has an operation of its own for its padding
        Optional<NodeDef> padding = next.filter(this::padsWithZeros);
        Optional<NodeDef> conv = padding.isPresent() ? padding.flatMap(table::onlyConsumer) : next;
        if (!table.isConstant(mul.getInput(1)) || conv.isEmpty() || !isConv(conv.get())) {
            return;
        }
        String filter = conv.get().getInput(1);
        FloatBuffer scale = table.values(mul.getInput(1));
        // [(t,) k, k, in, out]; with groups its in is not the input's
        long[] shape = table.shape(filter);
        if (!table.isOwnConstant(filter) || shape[shape.length - 2] != scale.remaining()) {
            return;
        }
        FloatBuffer values = table.values(filter);
        int out = Math.toIntExact(shape[shape.length - 1]);
        float[] scaled = new float[values.remaining()];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = values.get(i) * scale.get(i / out % scale.remaining());
        }
        table.setValues(filter, scaled);
        table.put(padding.orElse(conv.get()).toBuilder().setInput(0, mul.getInput(0)).build());
    }

    private boolean padsWithZeros(NodeDef node) {
        return node.getOp().equals("PadV2") && table.isZero(node.getInput(2));
    }

    private static boolean isConv(NodeDef node) {
        String format =
                node.getAttrOrDefault("data_format", AttrValue.getDefaultInstance())
                        .getS()
                        .toStringUtf8();
        return (node.getOp().equals("Conv2D") && format.equals("NHWC"))
                || (node.getOp().equals("Conv3D") && format.equals("NDHWC"));
    }

    /** x * scale + offset, a channel each. */
    @SuppressWarnings("ArrayRecordComponent") // lives for one call, is never compared
    private record Affine(double[] scale, float[] offset) {}
}
