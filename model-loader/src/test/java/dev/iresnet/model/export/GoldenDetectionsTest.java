package dev.iresnet.model.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.cli.importing.NpyArray;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.DetectionRule;
import dev.iresnet.model.Detections;
import dev.iresnet.model.Detections.Box;
import dev.iresnet.model.Detections.Detection;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.Sample;
import dev.iresnet.model.Task;
import dev.iresnet.model.running.OutputHead;
import dev.iresnet.model.savedmodel.SavedGraph;
import dev.iresnet.zoo.DefaultBoxes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What PyTorch's decoding and suppression gave for raw outputs of an iResNet-18 SSD300. */
class GoldenDetectionsTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden/ssd");
    private static final int BOXES = DefaultBoxes.SSD300.count();
    private static final int VALUES = 8;

    private final ModelDescription model =
            new ModelDescription(
                    "golden",
                    1,
                    "0".repeat(64),
                    Task.DETECTION,
                    List.of("a", "b", "c"),
                    Preprocessing.IMAGENET.stretchedTo(300),
                    Optional.of(new DetectionRule(0.3f, 0.5f, 200, 200)),
                    Optional.empty());

    @ParameterizedTest
    @ValueSource(strings = "paper")
    void decodesAndSuppressesAsTheReferenceDoes(String name) throws IOException {
        NpyArray wanted = NpyArray.read(FOLDER.resolve(name + ".detections.npy"));

        List<Detection> told = detections(NpyArray.read(FOLDER.resolve(name + ".raw.npy")));

        int count = wanted.shape().dim(0);
        int same = 0;
        for (int row = 0; row < count; row++) {
            int at = row;
            same += told.stream().anyMatch(d -> isSame(d, wanted.values(), 6 * at)) ? 1 : 0;
        }
        assertThat(same).isGreaterThanOrEqualTo((int) Math.ceil(0.99 * count));
        assertThat(told).hasSizeBetween(same, count);
    }

    /** The row is score, class from 1 on, box in 0..1. */
    private static boolean isSame(Detection told, double[] rows, int at) {
        return told.index() + 1 == rows[at + 1]
                && Math.abs(told.score() - rows[at]) < 1e-3
                && overlap(told.box(), rows, at + 2) > 0.99;
    }

    private static double overlap(Box box, double[] rows, int at) {
        double[] corners = new double[4];
        for (int i = 0; i < corners.length; i++) {
            corners[i] = 300 * Math.max(0, Math.min(1, rows[at + i]));
        }
        double both =
                Math.max(0, Math.min(box.xMax(), corners[2]) - Math.max(box.xMin(), corners[0]))
                        * Math.max(
                                0,
                                Math.min(box.yMax(), corners[3])
                                        - Math.max(box.yMin(), corners[1]));
        double one = (box.xMax() - box.xMin()) * (box.yMax() - box.yMin());
        double other = (corners[2] - corners[0]) * (corners[3] - corners[1]);
        return both / (one + other - both);
    }

    /** Boxes that are not in the file are background. */
    private List<Detection> detections(NpyArray raw) {
        float[][][] offsets = new float[1][4][BOXES];
        float[][][] logits = new float[1][VALUES - 4][BOXES];
        Arrays.fill(logits[0][0], 30);
        for (int row = 0; row < raw.shape().dim(0); row++) {
            int at = row * (VALUES + 1);
            int box = (int) raw.values()[at];
            for (int i = 0; i < VALUES; i++) {
                float value = (float) raw.values()[at + 1 + i];
                (i < 4 ? offsets[0][i] : logits[0][i - 4])[box] = value;
            }
        }
        try (Graph graph = new Graph();
                Session session = new Session(graph)) {
            Ops tf = Ops.create(graph);
            Map<String, Operand<TFloat32>> outputs =
                    new BoxDecoding(tf, DefaultBoxes.SSD300)
                            .outputs(tf.constant(offsets), tf.constant(logits));
            try (Result result =
                    session.runner()
                            .fetch(outputs.get(SavedGraph.BOXES))
                            .fetch(outputs.get(SavedGraph.SCORES))
                            .run()) {
                return ((Detections)
                                OutputHead.of(model)
                                        .predictions(
                                                List.of(result.get(0), result.get(1)),
                                                List.of(Sample.black(model)))
                                        .get(0))
                        .objects();
            }
        }
    }
}
