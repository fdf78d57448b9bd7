package dev.iresnet.model;

import java.nio.ByteBuffer;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;

/** A graph in a session. TensorFlow lets calls overlap and shares its threads among them. */
final class TensorFlowModel implements Model {
    private final ModelDescription description;
    private final Graph graph;
    private final Session session;
    private final String input;
    private final String probabilities;

    /** Takes over graph and session. */
    TensorFlowModel(
            ModelDescription description,
            Graph graph,
            Session session,
            String input,
            String probabilities) {
        this.description = description;
        this.graph = graph;
        this.session = session;
        this.input = input;
        this.probabilities = probabilities;
    }

    @Override
    public ModelDescription description() {
        return description;
    }

    @Override
    public Scores classify(List<ByteBuffer> crops) {
        try (Tensor batch = CropBatch.of(crops, description.preprocessing());
                Result result = session.runner().feed(input, batch).fetch(probabilities).run()) {
            return scores(result.get(0), crops.size());
        } catch (TFResourceExhaustedException e) {
            throw new DeviceMemoryException(
                    "A batch of %d does not fit the device's memory".formatted(crops.size()), e);
        } catch (TensorFlowException | IllegalStateException e) {
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
        session.close();
        graph.close();
    }
}
