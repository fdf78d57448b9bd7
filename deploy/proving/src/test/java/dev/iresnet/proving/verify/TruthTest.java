package dev.iresnet.proving.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.proving.manifest.ManifestEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TruthTest {
    @TempDir private Path directory;

    @Test
    void isTheNameOfThePicturesFolderIfThatIsALabel() throws IOException {
        Truth truth =
                Truth.of(Files.writeString(directory.resolve("labels.txt"), "cat\ntabby cat\n"));

        assertThat(of(truth, "cat/1.jpg")).contains("cat");
        assertThat(of(truth, "test/tabby cat/1.jpg")).contains("tabby cat");
        assertThat(of(truth, "cat/holiday/1.jpg")).isEmpty();
        assertThat(of(truth, "dog/1.jpg")).isEmpty();
        assertThat(of(truth, "cat.jpg")).isEmpty();
    }

    private static Optional<String> of(Truth truth, String file) {
        return truth.of(new ManifestEntry("e", file, "c", 0, Instant.EPOCH));
    }
}
