package dev.iresnet.training;

import static org.assertj.core.api.Assertions.fail;

import dev.iresnet.Guise;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.card.Network;
import dev.iresnet.model.export.SeededWeights;
import dev.iresnet.model.export.WeightSource;
import dev.iresnet.tensorflow.TensorMemory;
import dev.iresnet.training.descent.LearningWeights.Part;
import dev.iresnet.training.descent.Optimisation;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Backbone;
import dev.iresnet.zoo.BlockOrder;
import dev.iresnet.zoo.BlockStyle;
import dev.iresnet.zoo.ClipNetworks;
import dev.iresnet.zoo.ReluForm;
import dev.iresnet.zoo.Shortcut;
import dev.iresnet.zoo.Stem;
import dev.iresnet.zoo.Unit;
import dev.iresnet.zoo.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** The gradients of every operation that training uses, against differences of the loss. */
@Guise
class GradientTest {
    private static final int PICTURES = 4;
    private static final int DIRECTIONS = 3;
    private static final int CLASSES = 3;

    /** Networks that together use every layer in every way. */
    @SuppressWarnings("ImmutableEnumChecker") // it is a record
    enum Subject {
        BASIC_POOLED(8, Stem.Form.CIFAR, Unit.BASIC, BlockOrder.STAGED, Shortcut.POOLED, 1),
        /** The strided 1x1 convolution has four channels: oneDNN's gradient of it is wrong. */
        NARROW_STRIDED(
                8, Stem.Form.CIFAR, Unit.BASIC, BlockOrder.POST_ACTIVATION, Shortcut.STRIDED, 1),
        BOTTLENECK(
                8,
                Stem.Form.CIFAR,
                Unit.BOTTLENECK,
                BlockOrder.PRE_ACTIVATION,
                Shortcut.STRIDED,
                1),
        GROUPED(8, Stem.Form.CIFAR, Unit.GROUPED, BlockOrder.STAGED, Shortcut.POOLED, 2),
        STEM_POOLED(
                25,
                Stem.Form.IMAGENET_POOLED,
                Unit.BASIC,
                BlockOrder.POST_ACTIVATION,
                Shortcut.STRIDED,
                1),
        ODD_SIZES(21, Stem.Form.IMAGENET, Unit.BOTTLENECK, BlockOrder.STAGED, Shortcut.POOLED, 1),
        CLIPS_POOLED(11, 5, Stem.Form.IMAGENET, Unit.BASIC, Shortcut.POOLED),
        CLIPS_STRIDED(13, 4, Stem.Form.IMAGENET_POOLED, Unit.BOTTLENECK, Shortcut.STRIDED);

        private final int side;
        private final Optional<Integer> frames;
        private final Architecture network;

        /** A network for clips. */
        Subject(int side, int frames, Stem.Form form, Unit unit, Shortcut shortcut) {
            this.side = side;
            this.frames = Optional.of(frames);
            BlockOrder order =
                    shortcut == Shortcut.POOLED ? BlockOrder.STAGED : BlockOrder.POST_ACTIVATION;
            Backbone flat =
                    new Backbone(
                            new Stem(form, 4),
                            new BlockStyle(unit, order, shortcut),
                            List.of(unit.stage(2, 4, 1), unit.stage(2, 8, 1)));
            this.network = ClipNetworks.inflated(flat.classifier(CLASSES));
        }

        private Shape inputs() {
            return frames.map(count -> Shape.of(PICTURES, count, side, side, 3))
                    .orElse(Shape.of(PICTURES, side, side, 3));
        }

        Subject(
                int side,
                Stem.Form form,
                Unit unit,
                BlockOrder order,
                Shortcut shortcut,
                int groups) {
            this.side = side;
            this.frames = Optional.empty();
            this.network =
                    new Backbone(
                                    new Stem(form, 4),
                                    new BlockStyle(unit, order, shortcut),
                                    List.of(unit.stage(2, 4, groups), unit.stage(2, 8, groups)))
                            .classifier(CLASSES);
        }
    }

    @ParameterizedTest
    @EnumSource
    void agreeWithDifferencesOfTheLoss(Subject subject) {
        Network network = new Network(subject.network, ReluForm.AUTHORS);
        try (TrainingGraph graph =
                        new TrainingGraph(
                                network,
                                rule(subject.side),
                                new Optimisation(0, false, 0, 0, 0),
                                false,
                                false);
                TUint8 pictures = TUint8.tensorOf(subject.inputs());
                TFloat32 targets = TFloat32.tensorOf(Shape.of(PICTURES, CLASSES))) {
            fill(pictures, targets);
            graph.weights().begin(weights(subject.network));
            Map<String, float[]> weights = graph.weights().get(Part.TRAINED);
            Map<String, float[]> gradients = graph.gradients(pictures, targets);
            Random random = new Random(7);
            for (Weight weight : graph.weights().of(Part.VELOCITY)) {
                float[] values = Objects.requireNonNull(weights.get(weight.key()));
                float[] gradient = Objects.requireNonNull(gradients.get(weight.key()));
                for (int i = 0; i < DIRECTIONS; i++) {
                    float[] direction = part(gradient, i, random);
                    assertSlope(graph, weight, values, direction, pictures, targets);
                }
                graph.weights().set(Part.TRAINED, List.of(weight), key -> values);
            }
        }
    }

    /**
     * The whole gradient, or a random half of it, which shows whether values stand in its place.
     */
    private static float[] part(float[] gradient, int number, Random random) {
        float[] part = gradient.clone();
        for (int i = 0; i < part.length && number > 0; i++) {
            if (random.nextBoolean()) {
                part[i] = 0;
            }
        }
        return part;
    }

    /** Along a part of the gradient the loss rises by that part's norm. */
    private static void assertSlope(
            TrainingGraph graph,
            Weight weight,
            float[] values,
            float[] part,
            TUint8 pictures,
            TFloat32 targets) {
        double norm = norm(part);
        if (norm == 0) {
            return;
        }
        // a ReLU or a pool that switches on the way disturbs one of them
        List<Double> slopes = new ArrayList<>();
        for (double by : new double[] {2e-3, 5e-4, 1e-4}) {
            double ahead = loss(graph, weight, moved(values, by / norm, part), pictures, targets);
            double behind = loss(graph, weight, moved(values, -by / norm, part), pictures, targets);
            double slope = (ahead - behind) / (2 * by);
            if (Math.abs(slope - norm) < 0.05 * norm + 3e-3) {
                return;
            }
            slopes.add(slope);
        }
        fail(
                "%s: the slope is one of %s where the gradient says %s"
                        .formatted(weight.key(), slopes, norm));
    }

    /** With a head that has an opinion, so that gradients stand out of rounding. */
    private static WeightSource weights(Architecture network) {
        SeededWeights seeded = new SeededWeights(network, 3);
        return key -> {
            float[] values = seeded.read(key);
            for (int i = 0; i < values.length && key.equals("fc.weight"); i++) {
                values[i] *= 10;
            }
            return values;
        };
    }

    private static double loss(
            TrainingGraph graph, Weight weight, float[] values, TUint8 pictures, TFloat32 targets) {
        graph.weights().set(Part.TRAINED, List.of(weight), key -> values);
        return graph.loss(pictures, targets);
    }

    private static float[] moved(float[] values, double by, float[] direction) {
        float[] moved = values.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += (float) (by * direction[i]);
        }
        return moved;
    }

    private static double norm(float[] values) {
        double squares = 0;
        for (float value : values) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }

    private static void fill(TUint8 pictures, TFloat32 targets) {
        Random random = new Random(5);
        byte[] noise = new byte[(int) pictures.size()];
        random.nextBytes(noise);
        TensorMemory.of(pictures).put(noise);
        for (int i = 0; i < PICTURES; i++) {
            targets.setFloat(0.9f, i, i % CLASSES);
            targets.setFloat(0.1f, i, (i + 1) % CLASSES);
            targets.setFloat(0f, i, (i + 2) % CLASSES);
        }
    }

    private static Preprocessing rule(int side) {
        return new Preprocessing(
                side,
                side,
                Preprocessing.Resize.STRETCH,
                side,
                List.of(0.5f, 0.5f, 0.5f),
                List.of(0.25f, 0.25f, 0.25f));
    }
}
