package dev.iresnet.model.export;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * Layers whose weights are {@link dev.iresnet.model.card.WeightType#INT8}: two variables, {@code
 * KEY.codes} and {@code KEY.scales}, and behind them an operation of the key's own name that gives
 * the weight, (code - 128) x scale. TensorFlow has no signed bytes in Java, hence the 128.
 */
final class EightBitLayers extends TensorFlowLayers {
    private static final float ZERO = 128;
    private static final float LARGEST = 127;

    private final Map<String, Stored> stored = new LinkedHashMap<>();

    /**
     * What is kept of a layer's weights.
     *
     * @param codes of the weights' shape, 1 to 255
     * @param scales by filter
     */
    record Stored(Variable<TUint8> codes, Variable<TFloat32> scales) {

        /** What sets both so that they come nearest to these weights. */
        Op assign(Ops tf, Operand<TFloat32> weights) {
            int[] others = IntStream.range(0, codes.shape().numDimensions() - 1).toArray();
            Operand<TFloat32> largest = tf.reduceMax(tf.math.abs(weights), tf.constant(others));
            // a filter of zeros has a scale, too
            Operand<TFloat32> scale =
                    tf.math.maximum(
                            tf.math.div(largest, tf.constant(LARGEST)),
                            tf.constant(Float.MIN_NORMAL));
            Operand<TFloat32> whole = tf.math.rint(tf.math.div(weights, scale));
            Operand<TUint8> code =
                    tf.dtypes.cast(tf.math.add(whole, tf.constant(ZERO)), TUint8.class);
            return tf.withControlDependencies(tf.assign(codes, code), tf.assign(scales, scale))
                    .noOp();
        }
    }

    EightBitLayers(Ops tf) {
        super(tf);
    }

    /** By key. */
    Map<String, Stored> stored() {
        return Collections.unmodifiableMap(stored);
    }

    @Override
    protected Operand<TFloat32> weights(String key, long... shape) {
        Variable<TUint8> codes =
                tf.withName(key + ".codes").variable(Shape.of(shape), TUint8.class);
        Variable<TFloat32> scales = variable(key + ".scales", shape[shape.length - 1]);
        stored.put(key, new Stored(codes, scales));
        Operand<TFloat32> wide = tf.withName(key + ".wide").dtypes.cast(codes, TFloat32.class);
        Operand<TFloat32> signed =
                tf.withName(key + ".signed")
                        .math
                        .sub(wide, tf.withName(key + ".zero").constant(ZERO));
        return tf.withName(key).math.mul(signed, scales);
    }
}
