package dev.iresnet.model.running;

import dev.iresnet.model.DeviceMemoryException;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Scores;
import dev.iresnet.tensorflow.TensorFlowFailures;
import dev.iresnet.tensorflow.TensorMemory;

import org.tensorflow.Result;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.ndarray.Shape;

import java.nio.ByteBuffer;
import java.util.List;

/** A graph in a session. TensorFlow lets calls overlap and shares its threads among them. */
public final class TensorFlowModel implements Model {
    private final ModelDescription description;
    private final RunnableGraph graph;

    /** Takes over the graph. */
    public TensorFlowModel(ModelDescription description, RunnableGraph graph) {
        this.description = description;
        this.graph = graph;
    }

    @Override
    public ModelDescription description() {
        return description;
    }

    @Override
    public Scores classify(List<ByteBuffer> crops) {
        try (Tensor batch = CropBatch.of(crops, description.preprocessing());
                Result result =
                        graph.session()
                                .runner()
                                .feed(graph.input(), batch)
                                .fetch(graph.probabilities())
                                .run()) {
            return scores(result.get(0), crops.size());
        } catch (TFResourceExhaustedException e) {
            throw new DeviceMemoryException(
                    "A batch of %d does not fit the device's memory".formatted(crops.size()), e);
        } catch (RuntimeException e) {
            // a session that is closed meanwhile is no exception of TensorFlow's own
            if (!TensorFlowFailures.isOne(e) && !(e instanceof IllegalStateException)) {
                throw e;
            }
            throw new ModelException(
                    "%s version %d failed at a batch of %d: %s"
                            .formatted(
                                    description.name(),
                                    description.version(),
                                    crops.size(),
                                    e.getMessage()),
                    e);
        }
    }

    private Scores scores(Tensor rows, int count) {
        int classes = description.labels().size();
        if (!rows.shape().equals(Shape.of(count, classes))) {
            throw new ModelException(
                    "%s gives scores of shape %s; %d crops and %d labels need [%d, %d]"
                            .formatted(
                                    description.name(),
                                    rows.shape(),
                                    count,
                                    classes,
                                    count,
                                    classes));
        }
        float[] values = new float[count * classes];
        TensorMemory.of(rows).asFloatBuffer().get(values);
        return new Scores(classes, values);
    }

    @Override
    public void close() {
        graph.close();
    }
}
