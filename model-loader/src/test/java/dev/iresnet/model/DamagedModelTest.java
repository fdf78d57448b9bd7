package dev.iresnet.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories with random damage: each is refused, or loads if the damage changes nothing. */
class DamagedModelTest {
    private static final List<String> FILES =
            List.of(
                    "saved_model.pb",
                    "variables/variables.index",
                    "variables/variables.data-00000-of-00001",
                    "assets.extra/model.json",
                    "assets.extra/SHA256SUMS");

    @TempDir Path folder;
    private Path version;

    @BeforeEach
    void export() {
        version = TestModels.export(folder).path();
    }

    @Test
    void damageIsFoundByTheSums() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            Path file = version.resolve(FILES.get(i % FILES.size()));
            byte[] sound = Files.readAllBytes(file);
            Files.write(file, damaged(sound, random));
            assertThat(refused()).as("damage %s to %s", i, file).isTrue();
            Files.write(file, sound);
        }
        assertThat(refused()).isFalse();
    }

    @Test
    void damageBehindSumsThatFitIsRefusedOrHarmless() throws IOException {
        Random random = new Random(2);
        int refused = 0;
        for (int i = 0; i < 100; i++) {
            Path file = version.resolve(FILES.get(i % 4));
            byte[] sound = Files.readAllBytes(file);
            Files.write(file, damaged(sound, random));
            Checksums.write(version);
            refused += refused() ? 1 : 0;
            Files.write(file, sound);
        }
        assertThat(refused).isBetween(70, 100);
    }

    /** Whether it is refused in the one way in which a model may be. */
    private boolean refused() {
        try {
            ModelLoader.load(version, new LoadOptions(1)).close();
            return false;
        } catch (ModelException e) {
            assertThat(e).hasMessageContaining(folder.getFileName().toString());
            return true;
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
