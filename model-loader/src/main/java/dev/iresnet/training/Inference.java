package dev.iresnet.training;

import dev.iresnet.training.Batches.Clip;
import dev.iresnet.training.Trainer.Meaning;
import dev.iresnet.training.Trainer.Measurement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.tensorflow.Tensor;
import org.tensorflow.types.TUint8;

/**
 * What a network says of all pictures or videos of a store, some at a time. Of a video that is the
 * mean over its clips, as {@code iresnet evaluate} has it.
 */
final class Inference {
    private static final int MOST_AT_ONCE = 64;
    private static final int MOST_BYTES_AT_ONCE = 1 << 28;

    private final TrainingPlan plan;
    private final TrainingGraph graph;
    private final CropStore store;
    private final int most;

    /** Those of a video in a row. */
    private final List<Clip> clips;

    Inference(TrainingPlan plan, TrainingGraph graph, CropStore store) {
        this.plan = plan;
        this.graph = graph;
        this.store = store;
        // clips take much memory in a network, so no more than a step takes
        int usual = plan.clip().isPresent() ? plan.pace().batch() : MOST_AT_ONCE;
        this.most = Math.max(1, Math.min(usual, MOST_BYTES_AT_ONCE / plan.inputBytes()));
        this.clips =
                store.readable().stream()
                        .flatMap(index -> Clip.all(index, store, plan.clip()).stream())
                        .toList();
    }

    /** Of the backbone, by index in the store; of pictures that cannot be read none. */
    List<float[]> features() {
        List<float[]> features = new ArrayList<>(Collections.nCopies(store.size(), new float[0]));
        int channels = plan.network().architecture().backbone().features();
        for (List<Clip> piece : pieces(clips)) {
            try (TUint8 pictures = Batches.plain(store, piece, plan)) {
                float[] all = graph.features(pictures);
                for (int i = 0; i < piece.size(); i++) {
                    int index = piece.get(i).index();
                    float share = 1f / Clip.all(index, store, plan.clip()).size();
                    float[] mean = features.get(index);
                    float[] own = mean.length == 0 ? new float[channels] : mean;
                    for (int c = 0; c < channels; c++) {
                        own[c] += share * all[i * channels + c];
                    }
                    features.set(index, own);
                }
            }
        }
        return features;
    }

    private List<List<Clip>> pieces(List<Clip> all) {
        List<List<Clip>> pieces = new ArrayList<>();
        for (int from = 0; from < all.size(); from += most) {
            pieces.add(all.subList(from, Math.min(from + most, all.size())));
        }
        return pieces;
    }

    /**
     * Measures.
     *
     * @param features of the pictures, where only the head is trained
     * @param stopped asked now and then
     * @return empty if it was stopped
     */
    Optional<Measurement> measure(Optional<List<float[]>> features, BooleanSupplier stopped) {
        Tally tally = new Tally();
        for (List<Clip> piece : pieces(inputs(features))) {
            if (stopped.getAsBoolean()) {
                return Optional.empty();
            }
            try (Tensor input = input(piece, features)) {
                float[] logits = graph.logits(input);
                int classes = logits.length / piece.size();
                for (int i = 0; i < piece.size(); i++) {
                    tally.add(piece.get(i).index(), logits, i * classes, classes);
                }
            }
        }
        return Optional.of(tally.measurement());
    }

    /** Features are those of a whole video. */
    private List<Clip> inputs(Optional<List<float[]>> features) {
        return features.isEmpty()
                ? clips
                : store.readable().stream().map(index -> new Clip(index, new int[0])).toList();
    }

    private Tensor input(List<Clip> piece, Optional<List<float[]>> features) {
        return features.isPresent()
                ? Batches.features(piece.stream().map(Clip::index).toList(), features.get())
                : Batches.plain(store, piece, plan);
    }

    /** Of one video after the other, each of one clip after the other. */
    private final class Tally {
        private int index = -1;
        private double[] probabilities = {};

        /** Of the video's class, a clip each; so no probability is too small for it. */
        private final List<Double> logarithms = new ArrayList<>();

        private double loss;
        private int right;
        private int all;

        void add(int of, float[] logits, int from, int classes) {
            if (of != index) {
                end();
                index = of;
                probabilities = new double[classes];
            }
            double largest = logits[from];
            for (int i = 1; i < classes; i++) {
                largest = Math.max(largest, logits[from + i]);
            }
            double sum = 0;
            for (int i = 0; i < classes; i++) {
                sum += Math.exp(logits[from + i] - largest);
            }
            double norm = Math.log(sum) + largest;
            for (int i = 0; i < classes; i++) {
                probabilities[i] += Math.exp(logits[from + i] - norm);
            }
            logarithms.add(logits[from + store.label(of)] - norm);
        }

        private void end() {
            if (logarithms.isEmpty()) {
                return;
            }
            double largest = logarithms.stream().reduce(Double.NEGATIVE_INFINITY, Math::max);
            double sum = logarithms.stream().mapToDouble(one -> Math.exp(one - largest)).sum();
            loss -= largest + Math.log(sum / logarithms.size());
            right += best(probabilities) == store.label(index) ? 1 : 0;
            all++;
            logarithms.clear();
        }

        Measurement measurement() {
            end();
            return new Measurement(loss / all, (double) right / all, Meaning.ACCURACY, all);
        }
    }

    private static int best(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return best;
    }
}
