package dev.iresnet.model.card;

import static dev.iresnet.model.card.ModelSchemaTest.assertBothRefuse;
import static dev.iresnet.model.card.ModelSchemaTest.assertBothTake;
import static dev.iresnet.model.card.ModelSchemaTest.card;
import static dev.iresnet.model.card.ModelSchemaTest.load;
import static dev.iresnet.model.card.ModelSchemaTest.tree;
import static dev.iresnet.model.card.ModelSchemaTest.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.image.Preprocessing;
import org.junit.jupiter.api.Test;

/** The published schema and the loader say the same of how pictures become input. */
class PreprocessingSchemaTest {

    @Test
    void bothRefuseASizeThatAStretchedPictureHasNoUseFor() {
        JsonNode card = with("/preprocessing/resize", "\"STRETCH\"");

        assertBothRefuse(card, "resizeTo is unknown");
    }

    @Test
    void bothTakeBothSidesChannelOrderAndFilter() {
        Preprocessing imagenet = Preprocessing.IMAGENET;
        ModelCard card =
                card(
                        new Preprocessing(
                                112,
                                96,
                                Preprocessing.Resize.BOTH_SIDES_THEN_CROP,
                                128,
                                171,
                                imagenet.mean(),
                                imagenet.std(),
                                Preprocessing.Interpolation.BILINEAR_NO_ANTIALIAS,
                                Preprocessing.ChannelOrder.BGR));
        ObjectNode json = (ObjectNode) tree(ModelCardJson.write(card));
        assertBothTake(json);
        assertThat(load(json)).isEqualTo(card);
        ((ObjectNode) json.at("/preprocessing")).remove("resizeToWidth");
        assertBothRefuse(json, "preprocessing.resizeToWidth must be a whole number");
    }
}
