package dev.iresnet.proving.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
    private static final ManifestEntry CAT =
            new ManifestEntry(
                    "e-1",
                    "cat/é \"1\".jpg",
                    "camera-0",
                    7,
                    Instant.parse("2026-01-01T00:00:00.000001Z"));
    private static final ManifestEntry DOG =
            new ManifestEntry("e-2", "dog/2.png", "camera-1", 0, Instant.EPOCH);

    @TempDir private Path directory;

    @Test
    void aLineIsAJsonObject() {
        assertThat(DOG.toJson())
                .isEqualTo(
                        "{\"eventId\":\"e-2\",\"file\":\"dog/2.png\",\"cameraId\":\"camera-1\","
                                + "\"frameNumber\":0,\"capturedAt\":\"1970-01-01T00:00:00.000000Z\"}");
    }

    @Test
    void readsWhatItWrote() throws IOException {
        Path file = directory.resolve("manifest.jsonl");
        try (ManifestWriter writer = ManifestWriter.open(file)) {
            writer.write(CAT);
            writer.write(DOG);
        }

        assertThat(ManifestTail.readAll(file)).containsExactly(CAT, DOG);
    }

    @Test
    void aNewManifestReplacesTheOldOne() throws IOException {
        Path file = Files.writeString(directory.resolve("manifest.jsonl"), CAT.toJson() + "\n");

        ManifestWriter.open(file).close();

        assertThat(ManifestTail.readAll(file)).isEmpty();
    }

    @Test
    void followsAManifestThatGrows() throws IOException {
        Path file = directory.resolve("manifest.jsonl");
        ManifestTail tail = new ManifestTail(file);
        assertThat(tail.poll()).isEmpty();

        try (ManifestWriter writer = ManifestWriter.open(file)) {
            assertThat(tail.poll()).isEmpty();
            writer.write(CAT);
            assertThat(tail.poll()).containsExactly(CAT);
            writer.write(DOG);
            writer.write(CAT);
            assertThat(tail.poll()).containsExactly(DOG, CAT);
            assertThat(tail.poll()).isEmpty();
        }
    }

    @Test
    void waitsForTheRestOfALine() throws IOException {
        Path file = directory.resolve("manifest.jsonl");
        byte[] line = (CAT.toJson() + "\n").getBytes(StandardCharsets.UTF_8);
        ManifestTail tail = new ManifestTail(file);
        Files.createFile(file);

        for (int i = 0; i < line.length; i++) {
            assertThat(tail.poll()).as("after %d bytes", i).isEmpty();
            Files.write(file, new byte[] {line[i]}, StandardOpenOption.APPEND);
        }
        assertThat(tail.poll()).containsExactly(CAT);
    }

    @Test
    void readsLinesLongerThanItsBuffer() throws IOException {
        ManifestEntry wordy =
                new ManifestEntry("x".repeat(200_000), "f.jpg", "c", 1, Instant.EPOCH);
        Path file = Files.writeString(directory.resolve("m"), wordy.toJson() + "\n");

        assertThat(new ManifestTail(file).poll()).containsExactly(wordy);
    }

    @Test
    void namesTheLineThatIsNoEntry() {
        for (String line : new String[] {"{}", "nonsense", "", DOG.toJson().replace("1970", "x")}) {
            assertThatThrownBy(() -> ManifestEntry.fromJson(line))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + line + "'");
        }
    }
}
