package dev.iresnet.inference;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.Task;
import dev.iresnet.model.card.BoxFormat;
import dev.iresnet.model.card.ServedDetections;
import dev.iresnet.model.card.ServedSignature;
import dev.iresnet.model.running.OutputHead;
import dev.iresnet.model.running.RunnableGraph;
import dev.iresnet.model.running.TensorFlowModel;
import dev.iresnet.tensorflow.TensorFlowProcess;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * A detector as other programs write them, whose numbers are what a picture's colour makes them:
 * right for black; a red one gets a box that ends before it begins, a green one a score above 1, a
 * blue one a class without a label, a yellow one more boxes than there are.
 */
final class ColourDetector {
    private static final ServedSignature SIGNATURE =
            new ServedSignature(
                    "serving_default",
                    new ServedSignature.Input("input", ServedSignature.Type.UINT8),
                    new ServedDetections(
                            "boxes",
                            BoxFormat.REL_XYXY,
                            "scores",
                            ServedSignature.Kind.PROBABILITIES,
                            1,
                            Optional.of(new ServedDetections.Chosen("classes", "count"))));

    private final Ops tf;
    private final Operand<TFloat32> colour;

    private ColourDetector(Graph graph) {
        this.tf = Ops.create(graph);
        this.colour =
                tf.math.div(
                        tf.math.mean(
                                tf.dtypes.cast(
                                        tf.withName("input").placeholder(TUint8.class),
                                        TFloat32.class),
                                tf.constant(new int[] {1, 2})),
                        tf.constant(255f));
    }

    static Model of(Preprocessing rule) {
        Graph graph = new Graph();
        new ColourDetector(graph).build();
        ModelDescription description =
                new ModelDescription(
                        "colours", 1, "ab".repeat(32), Task.DETECTION, List.of("left"), rule);
        return new TensorFlowModel(
                description,
                new RunnableGraph(
                        graph,
                        new Session(graph, TensorFlowProcess.literalConfig()),
                        "input",
                        SIGNATURE.output().names()),
                OutputHead.of(description, SIGNATURE, false));
    }

    private void build() {
        Operand<TFloat32> red = channel(0);
        Operand<TFloat32> green = channel(1);
        Operand<TFloat32> zero = tf.math.mul(red, tf.constant(0f));
        Operand<TFloat32> one = tf.math.add(zero, tf.constant(1f));
        Operand<TFloat32> half = tf.math.add(zero, tf.constant(0.5f));
        tf.withName("boxes")
                .reshape(
                        tf.concat(List.of(red, zero, half, one), tf.constant(1)),
                        tf.constant(new int[] {-1, 1, 4}));
        tf.withName("scores").math.add(half, green);
        tf.withName("classes").math.add(one, channel(2));
        tf.withName("count")
                .reshape(
                        tf.math.add(one, tf.math.minimum(red, green)), tf.constant(new int[] {-1}));
    }

    /** Of each picture, 0..1, [N,1]. */
    private Operand<TFloat32> channel(int number) {
        return tf.gather(colour, tf.constant(new int[] {number}), tf.constant(1));
    }
}
