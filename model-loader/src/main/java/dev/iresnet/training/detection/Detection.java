package dev.iresnet.training.detection;

import dev.iresnet.evaluation.AveragePrecision;
import dev.iresnet.evaluation.TrueObject;
import dev.iresnet.model.Detections;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import dev.iresnet.model.Task;
import dev.iresnet.model.running.OutputHead;
import dev.iresnet.training.Batches;
import dev.iresnet.training.Learner;
import dev.iresnet.training.PictureOrder;
import dev.iresnet.training.Trainer.Meaning;
import dev.iresnet.training.Trainer.Measurement;
import dev.iresnet.training.TrainingPlan;
import dev.iresnet.training.descent.LearningWeights;
import dev.iresnet.training.descent.LearningWeights.Pace;
import dev.iresnet.training.detection.DetectorGraph.Inputs;
import dev.iresnet.training.detection.Matching.Targets;
import dev.iresnet.zoo.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.tensorflow.Tensor;
import org.tensorflow.types.TUint8;

/** Learns to find objects in pictures. */
final class Detection implements Learner<Inputs> {
    private static final int MEASURED_AT_ONCE = 16;

    private final TrainingPlan plan;
    private final AnnotatedCrops training;
    private final Optional<AnnotatedCrops> validation;
    private final DetectorGraph graph;
    private final Matching matching;
    private final PictureOrder order;
    private final Views views;
    private final OutputHead output;
    private final List<String> labels;

    Detection(
            TrainingPlan plan,
            List<String> labels,
            AnnotatedCrops training,
            Optional<AnnotatedCrops> validation) {
        this.plan = plan;
        this.labels = List.copyOf(labels);
        this.training = training;
        this.validation = validation;
        this.matching = new Matching(((Head.Ssd) plan.network().architecture().head()).boxes());
        this.order = new PictureOrder(training.store(), training.learnable(), plan);
        this.output =
                OutputHead.of(
                        new ModelDescription(
                                plan.network().architecture().name(),
                                1,
                                "",
                                Task.DETECTION,
                                this.labels,
                                plan.rule()));
        // what holds native memory comes last, so that nothing can fail behind it
        this.views = new Views(plan.rule(), plan.variation().augmentation());
        try {
            this.graph = new DetectorGraph(plan.network(), plan.rule(), plan.optimisation());
        } catch (RuntimeException | Error e) {
            views.close();
            throw e;
        }
    }

    @Override
    public LearningWeights weights() {
        return graph.weights();
    }

    @Override
    public void prepare() {}

    @Override
    public long stepsOfAnEpoch() {
        return order.stepsOfAnEpoch();
    }

    @Override
    public Inputs batch(long step) {
        List<Integer> pictures = order.ofStep(step);
        SplittableRandom random = plan.random(step);
        List<Targets> targets = new ArrayList<>();
        TUint8 inputs =
                Batches.tensor(
                        pictures.size(),
                        plan.rule(),
                        to ->
                                pictures.forEach(
                                        index -> {
                                            List<LabelledBox> seen =
                                                    views.view(
                                                            training.store().crop(index),
                                                            training.boxes(index),
                                                            random.split(),
                                                            to);
                                            targets.add(matching.targets(seen));
                                        }));
        return Inputs.of(inputs, targets);
    }

    @Override
    public Outcome step(Inputs batch, Pace pace) {
        return graph.step(batch, pace);
    }

    @Override
    public boolean isFinite() {
        boolean[] finite = {false};
        try (Inputs batch = batch(0)) {
            graph.look(batch, (loss, outputs) -> finite[0] = Float.isFinite(loss));
        }
        return finite[0];
    }

    @Override
    public boolean measures() {
        return validation.isPresent();
    }

    @Override
    public Optional<Measurement> measure(BooleanSupplier stopped) {
        AnnotatedCrops pictures = validation.orElseThrow();
        List<Integer> all = pictures.store().readable();
        AveragePrecision precision = new AveragePrecision(labels.size());
        double[] loss = {0};
        for (int from = 0; from < all.size(); from += MEASURED_AT_ONCE) {
            if (stopped.getAsBoolean()) {
                return Optional.empty();
            }
            List<Integer> some = all.subList(from, Math.min(from + MEASURED_AT_ONCE, all.size()));
            TUint8 inputs = Batches.plain(pictures.store(), some, plan.rule());
            List<Targets> targets =
                    some.stream().map(pictures::boxes).map(matching::targets).toList();
            try (Inputs batch = Inputs.of(inputs, targets)) {
                graph.look(
                        batch,
                        (mean, outputs) -> {
                            loss[0] += mean * some.size();
                            count(pictures, some, outputs, precision);
                        });
            }
        }
        return Optional.of(
                new Measurement(
                        loss[0] / all.size(), precision.mean50(), Meaning.MAP50, all.size()));
    }

    private void count(
            AnnotatedCrops pictures,
            List<Integer> some,
            List<Tensor> outputs,
            AveragePrecision precision) {
        List<Sample> samples =
                some.stream()
                        .map(index -> Sample.whole(pictures.store().crop(index), plan.rule()))
                        .toList();
        List<Prediction> told = output.predictions(outputs, samples);
        for (int i = 0; i < some.size(); i++) {
            List<TrueObject> truth = pictures.truth(some.get(i));
            boolean sound = told.get(i) instanceof Detections && told.get(i).isFinite();
            // where a network has overflowed its loss tells so
            precision.add(truth, sound ? (Detections) told.get(i) : new Detections(List.of()));
        }
    }

    @Override
    public void close() {
        views.close();
        graph.close();
    }
}
