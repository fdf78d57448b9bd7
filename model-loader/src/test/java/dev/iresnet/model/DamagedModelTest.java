package dev.iresnet.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

    @TempDir Path folder;
    private Path version;
    private float[] expected = {};

    @BeforeEach
    void export() {
        version = TestModels.export(folder).path();
        try (Model model = ModelLoader.load(version, new LoadOptions(1))) {
            expected = model.classify(List.of(TestModels.crop(1))).values();
        }
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
        Random random = new Random(2);
        Map<String, Integer> outcomes = new TreeMap<>();
        for (int i = 0; i < DAMAGES; i++) {
            Path file = version.resolve(FILES.get(i % 4));
            byte[] sound = Files.readAllBytes(file);
            Files.write(file, damaged(sound, random));
            Checksums.write(version);
            outcomes.merge(file.getFileName() + " " + outcome(), 1, Integer::sum);
            Files.write(file, sound);
        }
        System.out.println(DAMAGES + " models with sums that fit: " + outcomes);
        // who changes the graph and its sums makes another model, with another digest
        int others = outcomes.getOrDefault("saved_model.pb DIFFERENT", 0);
        assertThat(others).isLessThanOrEqualTo(DAMAGES / 100);
        outcomes.remove("saved_model.pb DIFFERENT");
        assertThat(outcomes.keySet()).noneMatch(outcome -> outcome.endsWith("DIFFERENT"));
        assertThat(outcomes.getOrDefault("saved_model.pb REFUSED", 0)).isPositive();
    }

    /** What became of a damaged model. */
    private enum Outcome {
        /** In the one way in which a model may be. */
        REFUSED,
        EQUAL,
        DIFFERENT
    }

    private Outcome outcome() {
        try (Model model = ModelLoader.load(version, new LoadOptions(1))) {
            float[] scores = model.classify(List.of(TestModels.crop(1))).values();
            return Arrays.equals(scores, expected) ? Outcome.EQUAL : Outcome.DIFFERENT;
        } catch (ModelException e) {
            assertThat(e).hasMessageContaining(folder.getFileName().toString());
            return Outcome.REFUSED;
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
