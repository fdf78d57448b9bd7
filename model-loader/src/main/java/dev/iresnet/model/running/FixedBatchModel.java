package dev.iresnet.model.running;

import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.Scores;

import java.nio.ByteBuffer;
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
    public Scores classify(List<ByteBuffer> crops) {
        if (crops.isEmpty()) {
            throw new IllegalArgumentException("a batch needs at least one crop");
        }
        int classes = description().labels().size();
        float[] values = new float[crops.size() * classes];
        for (int from = 0; from < crops.size(); from += size) {
            List<ByteBuffer> piece = crops.subList(from, Math.min(crops.size(), from + size));
            Scores scores = model.classify(filled(piece));
            System.arraycopy(scores.values(), 0, values, from * classes, piece.size() * classes);
        }
        return new Scores(classes, values);
    }

    private List<ByteBuffer> filled(List<ByteBuffer> piece) {
        List<ByteBuffer> batch = new ArrayList<>(piece);
        ByteBuffer last = piece.get(piece.size() - 1);
        batch.addAll(Collections.nCopies(size - piece.size(), last));
        return batch;
    }

    @Override
    public void close() {
        model.close();
    }
}
