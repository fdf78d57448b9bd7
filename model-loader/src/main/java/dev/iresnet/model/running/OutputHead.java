package dev.iresnet.model.running;

import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import dev.iresnet.model.card.ServedDetections;
import dev.iresnet.model.card.ServedSignature;
import java.util.List;
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
     * The head for a model that another program wrote.
     *
     * @param trial whether numbers that no such model gives are the model's fault, which throws;
     *     else they are the picture's, and its prediction is not finite
     */
    static OutputHead of(ModelDescription model, ServedSignature signature, boolean trial) {
        return signature.output() instanceof ServedDetections detections
                ? new ServedDetectorHead(model, detections, trial)
                : of(model);
    }

    /** The head for a model's task. */
    static OutputHead of(ModelDescription model) {
        return switch (model.task()) {
            case CLASSIFICATION, VIDEO_CLASSIFICATION -> new ClassifierHead(model);
            case DETECTION -> new SsdHead(model);
        };
    }
}
