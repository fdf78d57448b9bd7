package dev.iresnet.model.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.image.Preprocessing.ChannelOrder;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.Precision;
import dev.iresnet.model.Sample;
import dev.iresnet.model.TestModels;
import dev.iresnet.model.card.ModelCard;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.card.ServedSignature;
import dev.iresnet.model.foreign.SavedModelImporter;
import dev.iresnet.model.loading.ModelLoader;
import dev.iresnet.zoo.ReluForm;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A network of BGR sees in a picture what one of RGB sees in the picture with R and B swapped. */
class ChannelOrderTest {
    @TempDir private Path directory;

    @Test
    void ownNetworks() {
        ModelCard card = TestModels.card(TestModels.small(), ReluForm.PAPER);
        for (ChannelOrder order : ChannelOrder.values()) {
            ModelExporter.export(
                    new ModelCard(
                            card.labels(),
                            rule(TestModels.SIDE, order),
                            card.network(),
                            card.source()),
                    new SeededWeights(TestModels.small(), 7),
                    directory.resolve(order.name()));
        }
        assertSwapped(TestModels.SIDE);
    }

    @ParameterizedTest
    @CsvSource({
        "keras-float, keras_tensor, FLOAT32, PROBABILITIES",
        "keras-bytes, image, UINT8, LOGITS"
    })
    void foreignNetworks(
            String name, String input, ServedSignature.Type type, ServedSignature.Kind kind) {
        for (ChannelOrder order : ChannelOrder.values()) {
            ServedSignature signature =
                    new ServedSignature(
                            "serving_default",
                            new ServedSignature.Input(input, type),
                            new ServedSignature.Scores("output_0", kind));
            ModelCard card =
                    new ModelCard(
                            List.of("a", "b", "c", "d", "e"),
                            rule(8, order),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(signature));
            SavedModelImporter.write(
                    Path.of("src/test/resources/savedmodels", name),
                    card,
                    directory.resolve(order.name()));
        }
        assertSwapped(8);
    }

    private static Preprocessing rule(int side, ChannelOrder order) {
        boolean rgb = order == ChannelOrder.RGB;
        return new Preprocessing(
                side,
                side,
                Preprocessing.Resize.STRETCH,
                side,
                side,
                rgb ? List.of(0.5f, 0.4f, 0.3f) : List.of(0.3f, 0.4f, 0.5f),
                rgb ? List.of(0.2f, 0.25f, 0.3f) : List.of(0.3f, 0.25f, 0.2f),
                Preprocessing.Interpolation.BILINEAR,
                order);
    }

    private void assertSwapped(int side) {
        ModelDirectory model = ModelDirectory.open(directory.resolve(ChannelOrder.BGR.name()));
        Sample picture = Sample.noise(model.description(), 5).findFirst().orElseThrow();
        ByteBuffer swapped = ByteBuffer.allocateDirect(picture.pixels().capacity());
        for (int i = 0; i < swapped.capacity(); i++) {
            swapped.put(i, picture.pixels().get(i / 3 * 3 + 2 - i % 3));
        }
        float[] seen = scores(ChannelOrder.BGR, picture);
        assertThat(seen)
                .isEqualTo(
                        scores(
                                ChannelOrder.RGB,
                                Sample.whole(swapped, rule(side, ChannelOrder.RGB))));
        assertThat(seen).isNotEqualTo(scores(ChannelOrder.RGB, picture));
    }

    private float[] scores(ChannelOrder order, Sample picture) {
        ModelDirectory written = ModelDirectory.open(directory.resolve(order.name()));
        try (Model model = ModelLoader.load(written, new LoadOptions(1, Precision.FLOAT32))) {
            return TestModels.values(model.predict(List.of(picture)));
        }
    }
}
