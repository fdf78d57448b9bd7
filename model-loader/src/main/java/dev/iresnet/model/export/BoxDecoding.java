package dev.iresnet.model.export;

import dev.iresnet.model.savedmodel.SavedGraph;
import dev.iresnet.zoo.DefaultBoxes;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What an SSD's graph computes of offsets and logits: boxes and scores (SSD, section 2.2). */
public final class BoxDecoding {
    private final Ops tf;
    private final DefaultBoxes boxes;

    /** For the boxes of a network. */
    public BoxDecoding(Ops tf, DefaultBoxes boxes) {
        this.tf = tf;
        this.boxes = boxes;
    }

    /**
     * Decodes.
     *
     * @param offsets [N,4,boxes]: centre x and y, width and height
     * @param logits [N,classes + 1,boxes], the background's first
     * @return {@code boxes}, [N,boxes,4]: left, top, right and bottom edge in 0..1 of the picture,
     *     not clipped; and {@code scores}, [N,boxes,classes]: probabilities without the
     *     background's
     */
    public Map<String, Operand<TFloat32>> outputs(
            Operand<TFloat32> offsets, Operand<TFloat32> logits) {
        return Map.of(SavedGraph.BOXES, decoded(byBox(offsets)), SavedGraph.SCORES, scores(logits));
    }

    private Operand<TFloat32> byBox(Operand<TFloat32> values) {
        return tf.linalg.transpose(values, tf.constant(new int[] {0, 2, 1}));
    }

    private Operand<TFloat32> decoded(Operand<TFloat32> offsets) {
        float[] values = boxes.centresAndSizes();
        float[][] centres = new float[boxes.count()][2];
        float[][] sizes = new float[boxes.count()][2];
        for (int i = 0; i < values.length; i++) {
            (i % 4 < 2 ? centres : sizes)[i / 4][i % 2] = values[i];
        }
        Operand<TFloat32> size = tf.withName("default.sizes").constant(sizes);
        Operand<TFloat32> moved =
                tf.math.mul(part(offsets, 0), tf.constant(DefaultBoxes.CENTRE_VARIANCE));
        Operand<TFloat32> centre =
                tf.math.add(
                        tf.math.mul(moved, size), tf.withName("default.centres").constant(centres));
        Operand<TFloat32> grown =
                tf.math.exp(tf.math.mul(part(offsets, 2), tf.constant(DefaultBoxes.SIZE_VARIANCE)));
        Operand<TFloat32> half = tf.math.mul(tf.math.mul(grown, size), tf.constant(0.5f));
        return tf.withName(SavedGraph.BOXES)
                .concat(
                        List.of(tf.math.sub(centre, half), tf.math.add(centre, half)),
                        tf.constant(2));
    }

    private Operand<TFloat32> part(Operand<TFloat32> offsets, long from) {
        return tf.stridedSlice(
                offsets, Indices.all(), Indices.all(), Indices.range(from, from + 2));
    }

    private Operand<TFloat32> scores(Operand<TFloat32> logits) {
        Operand<TFloat32> all = tf.nn.softmax(byBox(logits));
        return tf.withName(SavedGraph.SCORES)
                .stridedSlice(all, Indices.all(), Indices.all(), Indices.sliceFrom(1));
    }
}
