package dev.iresnet.model.card;

import static dev.iresnet.model.card.ModelSchemaTest.WITH_TASK;
import static dev.iresnet.model.card.ModelSchemaTest.load;
import static dev.iresnet.model.card.ModelSchemaTest.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.ClipRule;
import dev.iresnet.model.ModelException;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Networks;
import dev.iresnet.zoo.ReluForm;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClipSchemaTest {

    private static ModelCard card(String name) {
        Architecture network = Networks.named(name);
        return ModelCard.of(
                        new Network(network, ReluForm.PAPER),
                        Collections.nCopies(network.classes(), "run"),
                        Preprocessing.IMAGENET,
                        Optional.empty())
                .withClip(new ClipRule(8, 2, Optional.of(5), Optional.of(15f)));
    }

    private static ObjectNode json() {
        return (ObjectNode) tree(ModelCardJson.write(card("iresnet3d50")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iresnet3d18",
                "resnet3d200",
                "resstage3d34",
                "r3d_18",
                "mc3_18",
                "slow_r50"
            })
    void everyNetworkForClipsSatisfiesIt(String name) {
        ModelCard card = card(name);
        ObjectNode json = (ObjectNode) tree(ModelCardJson.write(card));

        assertThat(WITH_TASK.validate(json)).isEmpty();
        assertThat(load(json)).isEqualTo(card);
        assertThat(card.network().orElseThrow().architecture().name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/clip                       | -",
                "/clip/frames                | 0",
                "/clip/frames                | 1025",
                "/clip/extra                 | 1",
                "/clip/step                  | -",
                "/clip/clips                 | 0",
                "/clip/framesPerSecond       | 0",
                "/clip/framesPerSecond       | \"15\"",
                "/network/temporal           | -",
                "/network/temporal/stem      | 2",
                "/network/temporal/stem      | 65",
                "/network/temporal/pool      | -",
                "/network/temporal/poolStride | 0",
                "/network/temporal/extra     | 1",
                "/network/temporal/stages    | []",
                "/network/temporal/stages/0/first  | 0",
                "/network/temporal/stages/0/middle | 4",
                "/network/temporal/stages/0/stride | -",
                "/network/stem/form          | \"CLIP\"",
                "/detection                  | {}",
            })
    void bothCheckTheFieldsOfANetworkForClips(String pointer, String value) {
        ObjectNode json = json();
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

    @Test
    void theNetworkFitsTheTask() {
        ModelCard pictures = card("iresnet3d18");

        assertThatThrownBy(
                        () ->
                                new ModelCard(
                                        List.copyOf(pictures.labels()),
                                        pictures.preprocessing(),
                                        pictures.network(),
                                        Optional.empty()))
                .hasMessage(
                        "iresnet3d18 is a network for VIDEO_CLASSIFICATION, not for CLASSIFICATION");
    }
}
