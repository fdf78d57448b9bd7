package dev.iresnet.training.detection;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * SSD's loss (Liu et al. 2016, section 2.2), as NVIDIA's SSD300 takes it. Of a picture: smooth L1
 * over the offsets of the boxes that learn an object, and cross entropy over these and, of the
 * others, over three times as many for which it is highest; divided by how many learn an object.
 * The mean over the pictures; one without objects counts 0.
 */
final class SsdLoss {
    /** Boxes of the background for each that learns an object. */
    private static final float NEGATIVES = 3;

    private final Ops tf;
    private final int boxes;
    private final Placeholder<TInt32> classes;
    private final Placeholder<TFloat32> offsets;
    private final Operand<TFloat32> learning;
    private final Operand<TFloat32> counts;

    /**
     * Lays what is fed.
     *
     * @param boxes of a picture
     */
    SsdLoss(Ops tf, int boxes) {
        this.tf = tf;
        this.boxes = boxes;
        this.classes = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1, boxes)));
        this.offsets = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 4, boxes)));
        this.learning = tf.dtypes.cast(tf.math.greater(classes, tf.constant(0)), TFloat32.class);
        this.counts = sum(learning, 1);
    }

    /** Fed with [N,boxes]; 0 is the background. */
    Placeholder<TInt32> classes() {
        return classes;
    }

    /** Fed with [N,4,boxes]; of the background's they are not looked at. */
    Placeholder<TFloat32> offsets() {
        return offsets;
    }

    /**
     * The loss, a scalar.
     *
     * @param predicted offsets [N,4,boxes]
     * @param logits [N,classes + 1,boxes], the background's first
     */
    Operand<TFloat32> of(Operand<TFloat32> predicted, Operand<TFloat32> logits) {
        Operand<TFloat32> entropy = entropy(logits);
        Operand<TFloat32> chosen = tf.math.add(learning, hardest(entropy));
        Operand<TFloat32> ofClasses = sum(tf.math.mul(entropy, chosen), 1);
        Operand<TFloat32> ofBoxes = sum(tf.math.mul(smooth(predicted), learning), 1);
        Operand<TFloat32> each =
                tf.math.div(
                        tf.math.add(ofClasses, ofBoxes), tf.math.maximum(counts, tf.constant(1f)));
        return tf.math.mean(each, tf.constant(new int[] {0}));
    }

    /** [N,boxes]. */
    private Operand<TFloat32> entropy(Operand<TFloat32> logits) {
        int count = Math.toIntExact(logits.shape().get(1));
        Operand<TFloat32> byBox = tf.linalg.transpose(logits, tf.constant(new int[] {0, 2, 1}));
        Operand<TFloat32> rows = tf.reshape(byBox, tf.constant(new int[] {-1, count}));
        // sparse labels have no gradient in TensorFlow Java
        Operand<TFloat32> wanted =
                tf.oneHot(
                        tf.reshape(classes, tf.constant(new int[] {-1})),
                        tf.constant(count),
                        tf.constant(1f),
                        tf.constant(0f));
        return tf.reshape(
                tf.nn.softmaxCrossEntropyWithLogits(rows, wanted).loss(),
                tf.constant(new int[] {-1, boxes}));
    }

    /** 1 for the background's boxes that are chosen; of equal ones the first. */
    private Operand<TFloat32> hardest(Operand<TFloat32> entropy) {
        Operand<TFloat32> background = tf.math.sub(tf.constant(1f), learning);
        // cross entropy is never negative: those that learn an object come last
        Operand<TFloat32> ranked =
                tf.math.sub(tf.math.mul(tf.stopGradient(entropy), background), learning);
        Operand<TInt32> order = sorted(ranked).indices();
        Operand<TInt32> rank = sorted(tf.math.neg(order)).indices();
        Operand<TFloat32> most = tf.math.mul(counts, tf.constant(NEGATIVES));
        Operand<TFloat32> within =
                tf.dtypes.cast(
                        tf.math.less(
                                tf.dtypes.cast(rank, TFloat32.class),
                                tf.expandDims(most, tf.constant(1))),
                        TFloat32.class);
        return tf.math.mul(within, background);
    }

    private <T extends TNumber> TopK<T, TInt32> sorted(Operand<T> values) {
        return tf.nn.topK(values, tf.constant(boxes), TInt32.class, TopK.sorted(true));
    }

    /** [N,boxes]: half the square below a difference of 1, else the difference less a half. */
    private Operand<TFloat32> smooth(Operand<TFloat32> predicted) {
        Operand<TFloat32> difference = tf.math.abs(tf.math.sub(predicted, offsets));
        Operand<TFloat32> least = tf.math.minimum(difference, tf.constant(1f));
        Operand<TFloat32> half = tf.math.mul(least, tf.constant(0.5f));
        return sum(tf.math.mul(least, tf.math.sub(difference, half)), 1);
    }

    /** Share of the boxes that learn an object which are labelled right, a scalar. */
    Operand<TFloat32> accuracy(Operand<TFloat32> logits) {
        Operand<TInt64> said = tf.math.argMax(logits, tf.constant(1));
        Operand<TFloat32> right =
                tf.dtypes.cast(
                        tf.math.equal(said, tf.dtypes.cast(classes, TInt64.class)), TFloat32.class);
        Operand<TFloat32> all = tf.math.maximum(sum(counts, 0), tf.constant(1f));
        return tf.math.div(sum(sum(tf.math.mul(right, learning), 1), 0), all);
    }

    private Operand<TFloat32> sum(Operand<TFloat32> values, int axis) {
        return tf.sum(values, tf.constant(new int[] {axis}));
    }
}
