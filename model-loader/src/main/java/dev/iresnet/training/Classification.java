package dev.iresnet.training;

import dev.iresnet.training.Trainer.Measurement;
import dev.iresnet.training.TrainingPictures.Decoded;
import dev.iresnet.training.descent.LearningWeights;
import dev.iresnet.training.descent.LearningWeights.Pace;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Learns to tell what pictures show. */
final class Classification implements Learner<Batches.Batch> {
    private final TrainingPlan plan;
    private final TrainingGraph graph;
    private final CropStore training;
    private final PictureOrder order;
    private final Optional<Inference> validation;

    /** Since {@link #prepare}. */
    private @Nullable Batches batches;

    private final Inference learned;

    /** Where only the head is trained. */
    private Optional<List<float[]>> features = Optional.empty();

    private Optional<List<float[]>> validationFeatures = Optional.empty();

    Classification(TrainingPlan plan, Decoded pictures) {
        this.plan = plan;
        this.graph =
                new TrainingGraph(
                        plan.network(),
                        plan.rule(),
                        plan.optimisation(),
                        plan.headOnly(),
                        plan.variation().mixup() > 0);
        this.training = pictures.training();
        this.order = new PictureOrder(training, training.readable(), plan);
        this.learned = new Inference(plan, graph, training);
        this.validation = pictures.validation().map(store -> new Inference(plan, graph, store));
    }

    @Override
    public LearningWeights weights() {
        return graph.weights();
    }

    @Override
    public void prepare() {
        if (plan.headOnly()) {
            features = Optional.of(learned.features());
            validationFeatures = validation.map(Inference::features);
        }
        batches = new Batches(plan, training, order, features);
    }

    @Override
    public long stepsOfAnEpoch() {
        return order.stepsOfAnEpoch();
    }

    @Override
    public Batches.Batch batch(long step) {
        return Objects.requireNonNull(batches).ofStep(step);
    }

    @Override
    public Outcome step(Batches.Batch batch, Pace pace) {
        return graph.step(batch.input(), batch.targets(), batch.mix(), pace);
    }

    @Override
    public boolean isFinite() {
        try (Batches.Batch batch = batch(0)) {
            for (float logit : graph.logits(batch.input())) {
                if (!Float.isFinite(logit)) {
                    return false;
                }
            }
            return true;
        }
    }

    @Override
    public boolean measures() {
        return validation.isPresent();
    }

    @Override
    public Optional<Measurement> measure(BooleanSupplier stopped) {
        return validation.orElseThrow().measure(validationFeatures, stopped);
    }

    @Override
    public void close() {
        graph.close();
    }
}
