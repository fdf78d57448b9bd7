package dev.iresnet.training.detection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.Guise;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.card.Network;
import dev.iresnet.model.export.SeededWeights;
import dev.iresnet.model.export.WeightSource;
import dev.iresnet.tensorflow.TensorMemory;
import dev.iresnet.training.descent.LearningWeights.Pace;
import dev.iresnet.training.descent.LearningWeights.Part;
import dev.iresnet.training.descent.Optimisation;
import dev.iresnet.training.detection.DetectorGraph.Inputs;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.DefaultBoxes;
import dev.iresnet.zoo.Family;
import dev.iresnet.zoo.Networks;
import dev.iresnet.zoo.ReluForm;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TUint8;

/** The gradients of a small SSD-iResNet-18 against differences of the loss. */
@Guise
class DetectorGraphTest {
    private static final int SIDE = 300;
    private static final Architecture NETWORK =
            Networks.ssd300(Family.IRESNET, 18, 8).withClasses(3);

    private static final List<List<LabelledBox>> OBJECTS =
            List.of(
                    List.of(
                            new LabelledBox(0, 0.1, 0.2, 0.45, 0.6),
                            new LabelledBox(1, 0.5, 0.5, 0.95, 0.9),
                            new LabelledBox(2, 0.62, 0.1, 0.7, 0.22)),
                    List.of(
                            new LabelledBox(1, 0.05, 0.05, 0.9, 0.85),
                            new LabelledBox(2, 0.3, 0.3, 0.36, 0.4)));

    private final DetectorGraph graph =
            new DetectorGraph(
                    new Network(NETWORK, ReluForm.AUTHORS),
                    Preprocessing.IMAGENET.stretchedTo(SIDE),
                    new Optimisation(0, false, 0, 0, 0));
    private final Inputs inputs = inputs();

    @BeforeEach
    void begin() {
        graph.weights().begin(weights());
    }

    @AfterEach
    void close() {
        inputs.close();
        graph.close();
    }

    @Test
    void hasTheGradientsThatDifferencesOfTheLossShow() {
        Map<String, float[]> weights = graph.weights().get(Part.TRAINED);
        Map<String, float[]> gradients = graph.gradients(inputs);
        for (String key :
                List.of(
                        "conv1.weight",
                        "layer3.0.downsample.0.weight",
                        "additional_blocks.0.3.weight",
                        "additional_blocks.4.3.weight",
                        "loc.0.weight",
                        "loc.4.bias",
                        "conf.1.weight",
                        "conf.5.bias")) {
            float[] gradient = Objects.requireNonNull(gradients.get(key));
            double norm = norm(gradient);
            assertThat(norm).as(key).isPositive();
            // a ReLU that switches, or a box that is chosen instead of another, disturbs one of
            // them
            List<Double> slopes =
                    Stream.of(3e-3, 1e-3, 3e-4)
                            .map(
                                    by ->
                                            (loss(weights, key, by / norm, gradient)
                                                            - loss(
                                                                    weights,
                                                                    key,
                                                                    -by / norm,
                                                                    gradient))
                                                    / (2 * by))
                            .toList();
            assertThat(slopes)
                    .as("%s: slopes where %s is foretold", key, norm)
                    .anyMatch(slope -> Math.abs(slope - norm) < 0.05 * norm + 3e-3);
        }
    }

    private double loss(Map<String, float[]> weights, String key, double by, float[] direction) {
        Map<String, float[]> moved = new HashMap<>(weights);
        float[] values = Objects.requireNonNull(weights.get(key)).clone();
        for (int i = 0; i < values.length; i++) {
            values[i] += (float) (by * direction[i]);
        }
        moved.put(key, values);
        graph.weights()
                .set(
                        Part.TRAINED,
                        graph.weights().of(Part.TRAINED),
                        k -> Objects.requireNonNull(moved.get(k), k));
        return graph.step(inputs, new Pace(0, 0)).loss();
    }

    private static double norm(float[] values) {
        double squares = 0;
        for (float value : values) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }

    /** With heads that have opinions, so that gradients stand out of rounding. */
    private static WeightSource weights() {
        SeededWeights seeded = new SeededWeights(NETWORK, 3);
        return key -> {
            float[] values = seeded.read(key);
            boolean predicts = key.startsWith("loc.") || key.startsWith("conf.");
            for (int i = 0; i < values.length && predicts; i++) {
                values[i] *= 3;
            }
            return values;
        };
    }

    private static Inputs inputs() {
        TUint8 pictures = TUint8.tensorOf(Shape.of(OBJECTS.size(), SIDE, SIDE, 3));
        ByteBuffer pixels = TensorMemory.of(pictures);
        for (int n = 0; n < OBJECTS.size(); n++) {
            for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) {
                    for (int c = 0; c < 3; c++) {
                        pixels.put((byte) (37 * n + 3 * y * y / 7 + 5 * x + 53 * c + x * y / 16));
                    }
                }
            }
        }
        Matching matching = new Matching(DefaultBoxes.SSD300);
        return Inputs.of(pictures, OBJECTS.stream().map(matching::targets).toList());
    }
}
