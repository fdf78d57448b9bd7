package dev.iresnet.model.running;

import dev.iresnet.model.DeviceMemoryException;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import dev.iresnet.tensorflow.TensorFlowFailures;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/** A graph in a session. TensorFlow lets calls overlap and shares its threads among them. */
public final class TensorFlowModel implements Model {
    private final ModelDescription description;
    private final RunnableGraph graph;
    private final OutputHead head;

    /** Takes over the graph. */
    public TensorFlowModel(ModelDescription description, RunnableGraph graph) {
        this(description, graph, OutputHead.of(description));
    }

    /** The same with another head than that of the model's task. */
    public TensorFlowModel(ModelDescription description, RunnableGraph graph, OutputHead head) {
        this.description = description;
        this.graph = graph;
        this.head = head;
    }

    @Override
    public ModelDescription description() {
        return description;
    }

    @Override
    public List<Prediction> predict(List<Sample> samples) {
        try (Tensor batch = CropBatch.of(samples, description);
                Result result = run(batch)) {
            List<Tensor> outputs = IntStream.range(0, result.size()).mapToObj(result::get).toList();
            return head.predictions(outputs, samples);
        } catch (TFResourceExhaustedException e) {
            throw new DeviceMemoryException(
                    "A batch of %d does not fit the device's memory".formatted(samples.size()), e);
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
                                    samples.size(),
                                    e.getMessage()),
                    e);
        }
    }

    private Result run(Tensor batch) {
        Session.Runner runner = graph.session().runner().feed(graph.input(), batch);
        graph.outputs().forEach(runner::fetch);
        return runner.run();
    }

    @Override
    public void close() {
        graph.close();
    }
}
