package dev.iresnet.training;

import dev.iresnet.training.Trainer.Meaning;
import dev.iresnet.training.Trainer.Measurement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.tensorflow.Tensor;
import org.tensorflow.types.TUint8;

/** What a network says of all pictures of a store, some at a time. */
final class Inference {
    private static final int MOST_AT_ONCE = 64;
    private static final int MOST_BYTES_AT_ONCE = 1 << 28;

    private final TrainingPlan plan;
    private final TrainingGraph graph;
    private final CropStore store;
    private final List<List<Integer>> pieces = new ArrayList<>();

    Inference(TrainingPlan plan, TrainingGraph graph, CropStore store) {
        this.plan = plan;
        this.graph = graph;
        this.store = store;
        List<Integer> readable = store.readable();
        int most =
                Math.max(1, Math.min(MOST_AT_ONCE, MOST_BYTES_AT_ONCE / plan.rule().cropBytes()));
        for (int from = 0; from < readable.size(); from += most) {
            pieces.add(readable.subList(from, Math.min(from + most, readable.size())));
        }
    }

    /** Of the backbone, by index in the store; of pictures that cannot be read none. */
    List<float[]> features() {
        List<float[]> features = new ArrayList<>(Collections.nCopies(store.size(), new float[0]));
        int channels = plan.network().architecture().backbone().features();
        for (List<Integer> piece : pieces) {
            try (TUint8 pictures = Batches.plain(store, piece, plan.rule())) {
                float[] all = graph.features(pictures);
                for (int i = 0; i < piece.size(); i++) {
                    float[] own = new float[channels];
                    System.arraycopy(all, i * channels, own, 0, channels);
                    features.set(piece.get(i), own);
                }
            }
        }
        return features;
    }

    /**
     * Measures.
     *
     * @param features of the pictures, where only the head is trained
     * @param stopped asked now and then
     * @return empty if it was stopped
     */
    Optional<Measurement> measure(Optional<List<float[]>> features, BooleanSupplier stopped) {
        double loss = 0;
        int right = 0;
        int pictures = 0;
        for (List<Integer> piece : pieces) {
            if (stopped.getAsBoolean()) {
                return Optional.empty();
            }
            try (Tensor input = input(piece, features)) {
                float[] logits = graph.logits(input);
                int classes = logits.length / piece.size();
                for (int i = 0; i < piece.size(); i++) {
                    int label = store.label(piece.get(i));
                    loss += crossEntropy(logits, i * classes, classes, label);
                    right += best(logits, i * classes, classes) == label ? 1 : 0;
                }
            }
            pictures += piece.size();
        }
        double accuracy = (double) right / pictures;
        return Optional.of(new Measurement(loss / pictures, accuracy, Meaning.ACCURACY, pictures));
    }

    /** Whether the network has an opinion on the first pictures. */
    boolean isFinite(Optional<List<float[]>> features) {
        try (Tensor input = input(pieces.get(0), features)) {
            for (float logit : graph.logits(input)) {
                if (!Float.isFinite(logit)) {
                    return false;
                }
            }
            return true;
        }
    }

    private Tensor input(List<Integer> piece, Optional<List<float[]>> features) {
        return features.isPresent()
                ? Batches.features(piece, features.get())
                : Batches.plain(store, piece, plan.rule());
    }

    private static int best(float[] logits, int from, int classes) {
        int best = 0;
        for (int i = 1; i < classes; i++) {
            if (logits[from + i] > logits[from + best]) {
                best = i;
            }
        }
        return best;
    }

    private static double crossEntropy(float[] logits, int from, int classes, int label) {
        double largest = logits[from + best(logits, from, classes)];
        double sum = 0;
        for (int i = 0; i < classes; i++) {
            sum += Math.exp(logits[from + i] - largest);
        }
        return Math.log(sum) + largest - logits[from + label];
    }
}
