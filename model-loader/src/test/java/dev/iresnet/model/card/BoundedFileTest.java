package dev.iresnet.model.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.model.ModelException;
import dev.iresnet.model.savedmodel.SavedModelFile;
import dev.iresnet.model.savedmodel.VariableIndex;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedFileTest {
    private static final long FIVE_GIGABYTES = 5L << 30;

    @TempDir Path version;

    @Test
    void readsWhatFits() throws IOException {
        Path file = Files.write(version.resolve("file"), new byte[] {1, 2, 3});

        assertThat(BoundedFile.read(file, 3, "")).containsExactly(1, 2, 3);
        assertThatThrownBy(() -> BoundedFile.read(file, 2, "Make it shorter"))
                .hasMessage(file + " has 3 bytes, at most 2 are read. Make it shorter");
    }

    @Test
    void refusesWhatIsNoFile() {
        assertThatThrownBy(() -> BoundedFile.read(version, 3, ""))
                .hasMessageContaining("is not a plain file");
    }

    @Test
    void refusesAGraphThatDoesNotFitTheHeap() throws IOException {
        hole("saved_model.pb", FIVE_GIGABYTES);

        assertThatThrownBy(() -> SavedModelFile.read(version))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll(
                        "saved_model.pb has 5368709120 bytes", "keep weights in variables");
    }

    @Test
    void refusesAnIndexOfVariablesWithoutEnd() throws IOException {
        Files.createDirectories(version.resolve("variables"));
        hole("variables/variables.index", FIVE_GIGABYTES);

        assertThatThrownBy(() -> VariableIndex.check(version))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("variables.index has 5368709120 bytes");
    }

    /** A file that takes no room on the disk. */
    private void hole(String name, long bytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(version.resolve(name).toFile(), "rw")) {
            file.setLength(bytes);
        }
    }
}
