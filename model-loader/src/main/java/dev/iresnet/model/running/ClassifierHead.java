package dev.iresnet.model.running;

import dev.iresnet.model.ClassScores;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import dev.iresnet.tensorflow.TensorMemory;
import java.util.List;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;

/** Takes one output, probabilities, float32 [N,classes]; a sample's row is its prediction. */
record ClassifierHead(ModelDescription model) implements OutputHead {

    @Override
    public List<Prediction> predictions(List<? extends Tensor> outputs, List<Sample> samples) {
        Tensor rows = outputs.get(0);
        int count = samples.size();
        int classes = model.labels().size();
        if (!rows.shape().equals(Shape.of(count, classes))) {
            throw new ModelException(
                    "%s gives scores of shape %s; %d crops and %d labels need [%d, %d]"
                            .formatted(model.name(), rows.shape(), count, classes, count, classes));
        }
        float[] values = new float[count * classes];
        TensorMemory.of(rows).asFloatBuffer().get(values);
        return ClassScores.rows(values, classes);
    }
}
