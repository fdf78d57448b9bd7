package dev.iresnet.chaos.reference;

import dev.iresnet.model.export.WeightSource;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/**
 * A trained network's weights with another last layer for each version: the same for equal numbers.
 * The layer is made flatter, too, so that no picture's scores are so sure that versions agree.
 */
final class VariantWeights implements AutoCloseable {
    private static final float FLATTER = 0.1f;
    private static final float SHIFT = 0.3f;
    private static final int CONVOLUTION = 4;

    private final SavedModelBundle bundle;
    private final Session session;

    /** Opens a version of the trained model. */
    VariantWeights(Path version) {
        this.bundle = SavedModelBundle.load(version.toString(), "serve");
        this.session = bundle.session();
    }

    /** Those of one version. */
    WeightSource ofVersion(int version) {
        return key ->
                switch (key) {
                    case "fc.weight" -> flatter(read(key));
                    case "fc.bias" -> shifted(flatter(read(key)), new SplittableRandom(version));
                    default -> read(key);
                };
    }

    @Override
    public void close() {
        bundle.close();
    }

    private static float[] flatter(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= FLATTER;
        }
        return values;
    }

    private static float[] shifted(float[] values, SplittableRandom random) {
        for (int i = 0; i < values.length; i++) {
            values[i] += SHIFT * (float) (2 * random.nextDouble() - 1);
        }
        return values;
    }

    private float[] read(String key) {
        try (var result = session.runner().fetch(key).run()) {
            TFloat32 tensor = (TFloat32) result.get(0);
            float[] values = new float[Math.toIntExact(tensor.size())];
            tensor.asRawTensor().data().asFloats().read(values);
            return outputsFirst(values, tensor.shape().asArray());
        }
    }

    /** From TensorFlow's order of axes, outputs last, to PyTorch's. */
    private static float[] outputsFirst(float[] values, long[] shape) {
        if (shape.length == 2) {
            return transposed(values, 1, Math.toIntExact(shape[1]));
        }
        if (shape.length == CONVOLUTION) {
            int inputs = Math.toIntExact(shape[2]);
            return transposed(values, inputs, Math.toIntExact(shape[3]));
        }
        return values;
    }

    /**
     * (rest, inputs, outputs) to (outputs, inputs, rest); with one input (rest, outputs) to
     * (outputs, rest).
     */
    private static float[] transposed(float[] values, int inputs, int outputs) {
        int rest = values.length / (inputs * outputs);
        float[] turned = new float[values.length];
        for (int r = 0; r < rest; r++) {
            for (int i = 0; i < inputs; i++) {
                for (int o = 0; o < outputs; o++) {
                    turned[(o * inputs + i) * rest + r] = values[(r * inputs + i) * outputs + o];
                }
            }
        }
        return turned;
    }
}
