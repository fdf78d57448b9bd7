package dev.iresnet.model.running;

import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Serves batches of any size by a model that takes one size only: cut into pieces, of which the
 * last is filled up with copies of its last crop.
 */
public final class FixedBatchModel implements Model {
    private final Model model;
    private final int size;

    /** Takes over the model. */
    public FixedBatchModel(Model model, int size) {
        this.model = model;
        this.size = size;
    }

    @Override
    public ModelDescription description() {
        return model.description();
    }

    @Override
    public List<Prediction> predict(List<Sample> samples) {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("a batch needs at least one crop");
        }
        List<Prediction> predictions = new ArrayList<>(samples.size());
        for (int from = 0; from < samples.size(); from += size) {
            List<Sample> piece = samples.subList(from, Math.min(samples.size(), from + size));
            predictions.addAll(model.predict(filled(piece)).subList(0, piece.size()));
        }
        return predictions;
    }

    private List<Sample> filled(List<Sample> piece) {
        List<Sample> batch = new ArrayList<>(piece);
        Sample last = piece.get(piece.size() - 1);
        batch.addAll(Collections.nCopies(size - piece.size(), last));
        return batch;
    }

    @Override
    public void close() {
        model.close();
    }
}
