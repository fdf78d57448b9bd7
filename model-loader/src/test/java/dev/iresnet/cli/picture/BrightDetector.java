package dev.iresnet.cli.picture;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.Task;
import dev.iresnet.model.card.ModelCard;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.card.VersionWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;

/**
 * A detector made by hand: its one box is around all pixels brighter than half, if there are any,
 * its score that of a constant.
 */
final class BrightDetector {
    static final int SIDE = 300;

    private BrightDetector() {}

    static ModelDirectory export(Path model, Preprocessing rule) throws IOException {
        return export(model, rule, 0.75f, 1, 0);
    }

    /**
     * One that may be wrong.
     *
     * @param score of the box
     * @param classes that the graph has scores for; one label is written
     * @param added to the right edge of the box, in widths of the crop
     */
    static ModelDirectory export(
            Path model, Preprocessing rule, float score, int classes, float added)
            throws IOException {
        ModelCard card =
                new ModelCard(
                        Task.DETECTION,
                        List.of("bright"),
                        rule,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        return VersionWriter.write(
                model, card, aside -> write(aside, new float[] {score, added}, classes));
    }

    private static void write(Path aside, float[] constants, int classes) throws IOException {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Placeholder<TUint8> image =
                    tf.withName("image")
                            .placeholder(
                                    TUint8.class, Placeholder.shape(Shape.of(-1, SIDE, SIDE, 3)));
            Variable<TFloat32> score = tf.withName("score").variable(Shape.of(1), TFloat32.class);
            Operand<TFloat32> pixels = tf.dtypes.cast(image, TFloat32.class);
            Operand<TFloat32> bright =
                    tf.dtypes.cast(
                            tf.math.greater(
                                    tf.math.mean(pixels, tf.constant(new int[] {3})),
                                    tf.constant(127f)),
                            TFloat32.class);
            Operand<TFloat32> columns = tf.max(bright, tf.constant(new int[] {1}));
            Operand<TFloat32> rows = tf.max(bright, tf.constant(new int[] {2}));
            Operand<TFloat32> boxes =
                    tf.stack(
                            List.of(
                                    first(tf, columns),
                                    first(tf, rows),
                                    tf.math.add(last(tf, columns), tf.constant(constants[1])),
                                    last(tf, rows)),
                            Stack.axis(1L));
            Operand<TFloat32> any = tf.max(columns, tf.constant(new int[] {1}));
            Operand<TFloat32> scores =
                    tf.tile(
                            tf.reshape(tf.math.mul(any, score), tf.constant(new int[] {-1, 1, 1})),
                            tf.constant(new int[] {1, 1, classes}));
            Signature signature =
                    Signature.builder()
                            .input("image", image)
                            .output(
                                    "boxes",
                                    tf.withName("boxes")
                                            .reshape(boxes, tf.constant(new int[] {-1, 1, 4})))
                            .output("scores", tf.withName("scores").identity(scores))
                            .methodName("tensorflow/serving/predict")
                            .build();
            try (Session session = new Session(graph)) {
                session.runner().addTarget(tf.assign(score, tf.array(constants[0]))).run().close();
                SavedModelBundle.exporter(aside.toString())
                        .withSession(session)
                        .withSignatures(signature)
                        .export();
            }
        }
    }

    /** Left edge of the first that is set, in 0..1. */
    private static Operand<TFloat32> first(Ops tf, Operand<TFloat32> set) {
        Operand<TInt64> index = tf.math.argMax(set, tf.constant(1));
        return tf.math.div(tf.dtypes.cast(index, TFloat32.class), tf.constant((float) SIDE));
    }

    /** Right edge of the last that is set, in 0..1. */
    private static Operand<TFloat32> last(Ops tf, Operand<TFloat32> set) {
        return tf.math.sub(tf.constant(1f), first(tf, tf.reverse(set, tf.constant(new int[] {1}))));
    }
}
