package dev.iresnet.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaFilesTest {
    @TempDir private Path directory;

    @Test
    void readsTheSchemasOfADirectoryByName() throws IOException {
        Files.writeString(directory.resolve("2.avsc"), "\"int\"");
        Files.writeString(directory.resolve("1.avsc"), "\"string\"");
        Files.writeString(directory.resolve("notes.txt"), "not a schema");

        assertThat(SchemaFiles.read(directory)).hasToString("[\"string\", \"int\"]");
    }

    @Test
    void readsOneFile() throws IOException {
        Path file = Files.writeString(directory.resolve("event.json"), "\"long\"");

        assertThat(SchemaFiles.read(file)).hasToString("[\"long\"]");
    }

    @Test
    void namesTheFileThatIsNoSchema() throws IOException {
        Path file = Files.writeString(directory.resolve("bad.avsc"), "{\"type\": \"recrod\"}");

        assertThatThrownBy(() -> SchemaFiles.read(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void refusesADirectoryWithoutSchemas() {
        assertThatThrownBy(() -> SchemaFiles.read(directory))
                .hasMessageContaining("no .avsc file in " + directory);
    }
}
