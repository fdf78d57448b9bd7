package dev.iresnet.model;

import dev.iresnet.image.Preprocessing;
import java.nio.ByteBuffer;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TUint8;

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
        try (Tensor batch = gather(crops);
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

    private Tensor gather(List<ByteBuffer> crops) {
        if (crops.isEmpty()) {
            throw new IllegalArgumentException("a batch needs at least one crop");
        }
        Preprocessing rule = description.preprocessing();
        for (ByteBuffer crop : crops) {
            if (crop.remaining() != rule.cropBytes()) {
                throw new IllegalArgumentException(
                        "a crop must have %d bytes (%d x %d x 3), got %d"
                                .formatted(
                                        rule.cropBytes(),
                                        rule.height(),
                                        rule.width(),
                                        crop.remaining()));
            }
        }
        Tensor batch =
                Tensor.of(TUint8.class, Shape.of(crops.size(), rule.height(), rule.width(), 3));
        ByteBuffer memory = TensorMemory.of(batch);
        crops.forEach(crop -> memory.put(crop.duplicate()));
        return batch;
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
