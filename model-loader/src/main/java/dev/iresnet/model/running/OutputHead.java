package dev.iresnet.model.running;

import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import dev.iresnet.model.card.ServedDetections;
import dev.iresnet.model.card.ServedSignature;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Tensor;

/** Turns what a graph gives for a batch into predictions. Thread-safe. */
public interface OutputHead {

    /**
     * The predictions of a batch.
     *
     * @param outputs of the run, in the order of {@link RunnableGraph#outputs}; read, not closed
     * @param samples that were run
     * @return one prediction a sample, in order
     * @throws ModelException if the outputs have other shapes than the model's description promises
     */
    List<Prediction> predictions(List<? extends Tensor> outputs, List<Sample> samples);

    /**
     * The head for a model's task.
     *
     * @param signature of a model that another program wrote
     */
    static OutputHead of(ModelDescription model, Optional<ServedSignature> signature) {
        if (signature.isPresent()
                && signature.get().output() instanceof ServedDetections detections) {
            return new ServedDetectorHead(model, detections);
        }
        return switch (model.task()) {
            case CLASSIFICATION, VIDEO_CLASSIFICATION -> new ClassifierHead(model);
            case DETECTION -> new SsdHead(model);
        };
    }
}
