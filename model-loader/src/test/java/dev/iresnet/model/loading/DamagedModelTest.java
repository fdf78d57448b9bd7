package dev.iresnet.model.loading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.image.Preprocessing.Resize;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Sample;
import dev.iresnet.model.TestModels;
import dev.iresnet.model.card.Checksums;
import dev.iresnet.model.card.ModelCard;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.card.ServedSignature;
import dev.iresnet.model.card.WeightType;
import dev.iresnet.model.export.ModelExporter;
import dev.iresnet.model.export.SeededWeights;
import dev.iresnet.model.foreign.SavedModelImporter;
import dev.iresnet.zoo.ReluForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Directories with random damage: each is refused, or gives equal scores if the damage changes
 * nothing. {@code -Diresnet.damages=5000} tries more of them than a build does.
 */
class DamagedModelTest {
    private static final int DAMAGES = Integer.getInteger("iresnet.damages", 500);
    private static final List<String> FILES =
            List.of(
                    "saved_model.pb",
                    "variables/variables.index",
                    "variables/variables.data-00000-of-00001",
                    "assets.extra/model.json",
                    "assets.extra/SHA256SUMS");

    private static final List<Float> BLACK = List.of(0f, 0f, 0f);
    private static final List<Float> WHITE = List.of(1f, 1f, 1f);

    @TempDir Path folder;
    private Path version;
    private float[] expected = {};

    @BeforeEach
    void export() {
        use(TestModels.export(folder));
    }

    private void use(ModelDirectory sound) {
        version = sound.path();
        expected = scores();
    }

    @Test
    void damageIsFoundByTheSums() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < DAMAGES; i++) {
            Path file = version.resolve(FILES.get(i % FILES.size()));
            byte[] sound = Files.readAllBytes(file);
            Files.write(file, damaged(sound, random));
            assertThat(outcome()).as("damage %s to %s", i, file).isEqualTo(Outcome.REFUSED);
            Files.write(file, sound);
        }
        assertThat(outcome()).isEqualTo(Outcome.EQUAL);
    }

    @Test
    void damageBehindSumsThatFitIsRefusedOrHarmless() throws IOException {
        assertThat(outcomesBehindSumsThatFit(DAMAGES).keySet())
                .contains("saved_model.pb REFUSED", "variables.index REFUSED")
                .doesNotContain("variables.index DIFFERENT", "model.json DIFFERENT");
    }

    @Test
    void damageOfWeightsInEightBitsIsRefusedOrHarmless() throws IOException {
        ModelCard card = TestModels.card(TestModels.small(), ReluForm.PAPER).with(WeightType.INT8);
        use(ModelExporter.export(card, new SeededWeights(TestModels.small(), 7), folder));

        assertThat(outcomesBehindSumsThatFit(DAMAGES / 5).keySet())
                .contains("saved_model.pb REFUSED", "variables.index REFUSED")
                .doesNotContain("variables.index DIFFERENT", "model.json DIFFERENT");
    }

    @Test
    void damageOfAForeignModelIsRefusedOrHarmless() throws IOException {
        ServedSignature signature =
                new ServedSignature(
                        "serving_default",
                        new ServedSignature.Input("image", ServedSignature.Type.UINT8),
                        new ServedSignature.Scores("output_0", ServedSignature.Kind.LOGITS));
        ModelCard card =
                new ModelCard(
                        List.of("a", "b", "c", "d", "e"),
                        new Preprocessing(8, 8, Resize.STRETCH, 8, BLACK, WHITE),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(signature));
        Path saved = Path.of("src/test/resources/savedmodels/keras-bytes");
        use(SavedModelImporter.write(saved, card, folder));

        assertThat(outcomesBehindSumsThatFit(DAMAGES / 5).keySet())
                .contains("saved_model.pb REFUSED", "variables.index REFUSED")
                .doesNotContain("variables.index DIFFERENT", "model.json DIFFERENT");
    }

    private Map<String, Integer> outcomesBehindSumsThatFit(int damages) throws IOException {
        Random random = new Random(2);
        Map<String, Integer> outcomes = new TreeMap<>();
        for (int i = 0; i < damages; i++) {
            Path file = version.resolve(FILES.get(i % 4));
            byte[] sound = Files.readAllBytes(file);
            Files.write(file, damaged(sound, random));
            Checksums.write(version);
            outcomes.merge(file.getFileName() + " " + outcome(), 1, Integer::sum);
            Files.write(file, sound);
        }
        System.out.println(damages + " models with sums that fit: " + outcomes);
        // who changes the graph and its sums makes another model, with another digest
        assertThat(outcomes.getOrDefault("saved_model.pb DIFFERENT", 0))
                .isLessThanOrEqualTo(damages / 100);
        // TensorFlow keeps a sum of each variable
        assertThat(outcomes).doesNotContainKey("variables.data-00000-of-00001 DIFFERENT");
        return outcomes;
    }

    /** What became of a damaged model. */
    private enum Outcome {
        /** In the one way in which a model may be. */
        REFUSED,
        EQUAL,
        DIFFERENT
    }

    private Outcome outcome() {
        try {
            return Arrays.equals(scores(), expected) ? Outcome.EQUAL : Outcome.DIFFERENT;
        } catch (ModelException e) {
            assertThat(e).hasMessageContaining(folder.getFileName().toString());
            return Outcome.REFUSED;
        }
    }

    private float[] scores() {
        try (Model model = ModelLoader.load(version, new LoadOptions(1))) {
            return TestModels.values(
                    model.predict(Sample.noise(model.description(), 1).limit(1).toList()));
        }
    }

    private static byte[] damaged(byte[] sound, Random random) {
        byte[] bytes = sound.clone();
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(3)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes = Arrays.copyOf(bytes, at);
            default -> {
                int end = Math.min(bytes.length, at + 1 + random.nextInt(64));
                byte[] noise = new byte[end - at];
                random.nextBytes(noise);
                System.arraycopy(noise, 0, bytes, at, noise.length);
            }
        }
        return bytes;
    }
}
