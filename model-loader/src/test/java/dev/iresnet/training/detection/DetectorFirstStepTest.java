package dev.iresnet.training.detection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iresnet.training.FirstStep;
import dev.iresnet.training.descent.LearningWeights.Pace;
import dev.iresnet.training.descent.Optimisation;
import dev.iresnet.training.detection.DetectorGraph.Inputs;
import dev.iresnet.training.detection.Matching.Targets;
import dev.iresnet.zoo.DefaultBoxes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetectorFirstStepTest {
    @Test
    void isPyTorchs() throws IOException {
        FirstStep golden = new FirstStep("ssd300-iresnet18");
        Matching matching = new Matching(DefaultBoxes.SSD300);
        List<Targets> targets =
                golden.list("objects").stream().map(o -> matching.targets(boxes(o))).toList();
        try (DetectorGraph graph =
                        new DetectorGraph(
                                golden.network(),
                                golden.rule(),
                                new Optimisation(0.9f, false, 5e-4f, 0, 0));
                Inputs inputs = Inputs.of(golden.pictures(), targets)) {
            graph.weights().begin(golden::weight);
            golden.assertGradients(graph.gradients(inputs));
            golden.assertLoss(graph.step(inputs, new Pace(0, 0)).loss());
            golden.assertStatistics(graph.weights());
        }
    }

    private static List<LabelledBox> boxes(JsonNode objects) {
        List<LabelledBox> boxes = new ArrayList<>();
        for (JsonNode o : objects) {
            boxes.add(
                    new LabelledBox(
                            o.get(0).asInt(),
                            o.get(1).asDouble(),
                            o.get(2).asDouble(),
                            o.get(3).asDouble(),
                            o.get(4).asDouble()));
        }
        return boxes;
    }
}
