package dev.iresnet.training;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iresnet.training.descent.LearningWeights.Pace;
import dev.iresnet.training.descent.Optimisation;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

class FirstStepTest {
    @Test
    void ofANetworkForClipsIsPyTorchs() throws IOException {
        FirstStep golden = new FirstStep("iresnet3d50");
        try (TrainingGraph graph =
                        new TrainingGraph(
                                golden.network(),
                                golden.rule(),
                                new Optimisation(0.9f, false, 5e-4f, 0, 0),
                                false,
                                false);
                TUint8 clips = golden.pictures();
                TFloat32 targets =
                        Batches.targets(
                                golden.list("labels").stream().map(JsonNode::asInt).toList(),
                                golden.network().architecture().classes(),
                                golden.number("smoothing"),
                                1)) {
            graph.weights().begin(golden::weight);
            golden.assertGradients(graph.gradients(clips, targets));
            golden.assertLoss(graph.step(clips, targets, 1, new Pace(0, 0)).loss());
            golden.assertStatistics(graph.weights());
        }
    }
}
