package dev.iresnet.model.loading;

import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Precision;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.card.ServedSignature;
import dev.iresnet.model.foreign.ForeignGraph;
import dev.iresnet.model.running.SessionConfig;
import dev.iresnet.model.running.TensorFlowModel;
import dev.iresnet.model.savedmodel.SavedGraph;
import dev.iresnet.tensorflow.TensorFlowFailures;
import dev.iresnet.tensorflow.TensorFlowProcess;
import dev.iresnet.tensorflow.TensorMemory;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * A model as it was written, with variables and nothing folded, behind its signature {@code
 * normalized}: the reference for what a faster form may change, and the way to compare a network
 * with the framework that trained it. Thread-safe.
 */
public final class PlainModel implements AutoCloseable {
    private final SavedModelBundle bundle;
    private final int classes;

    private PlainModel(SavedModelBundle bundle, int classes) {
        this.bundle = bundle;
        this.classes = classes;
    }

    /**
     * Loads a model whose directory was opened, hence checked, before.
     *
     * @throws ModelException if TensorFlow cannot load it
     */
    public static PlainModel open(ModelDirectory directory) {
        SavedGraph.read(directory);
        return new PlainModel(bundle(directory), directory.card().labels().size());
    }

    /**
     * The same behind the signature that serves pictures.
     *
     * @throws ModelException if TensorFlow cannot load it
     */
    public static Model serving(ModelDirectory directory) {
        TensorFlowProcess.device();
        ModelDescription description = directory.description();
        Optional<ServedSignature> signature = directory.card().signature();
        if (signature.isPresent()) {
            ForeignGraph foreign =
                    ForeignGraph.read(
                            directory.path(), signature.get(), description.preprocessing());
            return foreign.model(
                    description, foreign.start(SessionConfig.rewriting(Precision.FLOAT32)));
        }
        SavedGraph saved = SavedGraph.read(directory);
        SavedModelBundle bundle = bundle(directory);
        return new TensorFlowModel(description, saved.in(bundle.graph(), bundle.session()));
    }

    static SavedModelBundle bundle(ModelDirectory directory) {
        // before the first native call, which would end the process on a CPU without AVX
        TensorFlowProcess.device();
        try {
            return SavedModelBundle.loader(directory.path().toString())
                    .withConfigProto(
                            SessionConfig.rewriting(Precision.FLOAT32, directory.card().task()))
                    .load();
        } catch (RuntimeException e) {
            if (!TensorFlowFailures.isOne(e)) {
                throw e;
            }
            throw new ModelException(
                    "TensorFlow cannot load %s: %s".formatted(directory.path(), e.getMessage()), e);
        }
    }

    /**
     * Runs images that are normalised already.
     *
     * @param images [count, height, width, 3], RGB, row-major
     * @return logits, [count, classes]
     * @throws ModelException if it does not run
     */
    public float[] logits(float[] images, int count, int height, int width) {
        return logits(images, Shape.of(count, height, width, 3));
    }

    /**
     * Runs pictures or clips that are normalised already.
     *
     * @param values row-major, RGB
     * @param shape of them, [count, height, width, 3] or [count, frames, height, width, 3]
     * @return logits, [count, classes]
     * @throws ModelException if it does not run
     */
    public float[] logits(float[] values, Shape shape) {
        if (values.length != shape.size()) {
            throw new IllegalArgumentException(
                    "%s are not %d values".formatted(shape, values.length));
        }
        int count = Math.toIntExact(shape.get(0));
        return run(
                values,
                shape,
                result -> {
                    float[] logits = new float[count * classes];
                    floats(result, SavedGraph.LOGITS).get(logits);
                    return logits;
                });
    }

    /**
     * Runs an image that is normalised already through a detector.
     *
     * @param image [height, width, 3], RGB, row-major
     * @return [4 + classes + 1, boxes]: offsets, then logits, the background's first
     * @throws ModelException if it does not run
     */
    public float[] rawDetections(float[] image, int height, int width) {
        return run(
                image,
                Shape.of(1, height, width, 3),
                result -> {
                    FloatBuffer offsets = floats(result, SavedGraph.OFFSETS);
                    FloatBuffer logits = floats(result, SavedGraph.LOGITS);
                    float[] raw = new float[offsets.remaining() + logits.remaining()];
                    int first = offsets.remaining();
                    offsets.get(raw, 0, first);
                    logits.get(raw, first, raw.length - first);
                    return raw;
                });
    }

    private float[] run(float[] images, Shape shape, Function<Result, float[]> read) {
        try (TFloat32 input = Tensor.of(TFloat32.class, shape)) {
            TensorMemory.of(input).asFloatBuffer().put(images);
            try (Result result =
                    bundle.function(SavedGraph.NORMALIZED).call(Map.of(SavedGraph.IMAGE, input))) {
                return read.apply(result);
            }
        } catch (RuntimeException e) {
            if (!TensorFlowFailures.isOne(e)) {
                throw e;
            }
            throw new ModelException(
                    "The model failed at a batch of %d: %s".formatted(shape.get(0), e.getMessage()),
                    e);
        }
    }

    private static FloatBuffer floats(Result result, String output) {
        return TensorMemory.of(result.get(output).orElseThrow()).asFloatBuffer();
    }

    @Override
    public void close() {
        bundle.close();
    }
}
