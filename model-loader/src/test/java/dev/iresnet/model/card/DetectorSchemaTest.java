package dev.iresnet.model.card;

import static dev.iresnet.model.card.ModelSchemaTest.WITH_TASK;
import static dev.iresnet.model.card.ModelSchemaTest.load;
import static dev.iresnet.model.card.ModelSchemaTest.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.DetectionRule;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Task;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Networks;
import dev.iresnet.zoo.ReluForm;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectorSchemaTest {

    static ModelCard detector() {
        Architecture network = Networks.named("ssd300-iresnet34").withClasses(2);
        return ModelCard.of(
                        new Network(network, ReluForm.PAPER),
                        List.of("cat", "dog"),
                        Preprocessing.IMAGENET.stretchedTo(300),
                        Optional.empty())
                .withDetection(new DetectionRule(0.25f, 0.45f, 20, 100));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/detection              | -",
                "/detection/minScore     | 1.5",
                "/detection/iou          | 0",
                "/detection/maxBoxes     | 0",
                "/detection/candidates   | 10001",
                "/detection/extra        | 1",
                "/network/head           | -",
                "/network/head/boxes     | \"SSD\"",
                "/network/head/extras    | []",
                "/network/head/extras/0/squeeze | 0",
                "/network/ending         | \"SHRINKS\"",
            })
    void bothCheckTheFieldsOfADetector(String pointer, String value) {
        assertBothRefuse(detector(), pointer, value);
    }

    private static ModelCard foreign() {
        return new ModelCard(
                Task.DETECTION,
                List.of("cat"),
                Preprocessing.IMAGENET,
                Optional.empty(),
                Optional.empty(),
                Optional.of(
                        new ServedSignature(
                                "serve",
                                new ServedSignature.Input("x", ServedSignature.Type.UINT8),
                                new ServedDetections(
                                        "b",
                                        BoxFormat.YXYX,
                                        "s",
                                        ServedSignature.Kind.PROBABILITIES,
                                        1,
                                        Optional.of(new ServedDetections.Chosen("c", "n"))))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/task                              | \"VIDEO_CLASSIFICATION\"",
                "/signature/detections              | -",
                "/signature/output                  | {\"name\": \"y\", \"kind\": \"LOGITS\"}",
                "/signature/detections/boxes        | -",
                "/signature/detections/format       | \"YXYX_REL\"",
                "/signature/detections/scores       | 1",
                "/signature/detections/kind         | \"SCORES\"",
                "/signature/detections/firstClass   | -1",
                "/signature/detections/firstClass   | 65536",
                "/signature/detections/classes      | -",
                "/signature/detections/count        | -",
                "/signature/detections/extra        | 1",
            })
    void bothCheckTheOutputsOfAForeignDetector(String pointer, String value) {
        assertThat(load(tree(ModelCardJson.write(foreign())))).isEqualTo(foreign());
        assertBothRefuse(foreign(), pointer, value);
    }

    private static void assertBothRefuse(ModelCard card, String pointer, String value) {
        ObjectNode json = (ObjectNode) tree(ModelCardJson.write(card));
        assertThat(WITH_TASK.validate(json)).isEmpty();
        int end = pointer.lastIndexOf('/');
        ObjectNode parent = (ObjectNode) json.at(pointer.substring(0, end));
        if (value.equals("-")) {
            parent.remove(pointer.substring(end + 1));
        } else {
            parent.set(pointer.substring(end + 1), tree(value));
        }

        assertThat(WITH_TASK.validate(json)).isNotEmpty();
        assertThatThrownBy(() -> load(json)).isInstanceOf(ModelException.class);
    }
}
