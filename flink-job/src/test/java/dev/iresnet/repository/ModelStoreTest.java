package dev.iresnet.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models in a store that is not this machine's disk. */
final class ModelStoreTest {
    private static final String LOCATION = ElsewhereFileSystem.SCHEME + "://bucket/text";

    @TempDir Path disk;

    private final TextModels models = new TextModels();

    @Test
    void aStoreElsewhereIsCopiedAndTheCopyGoes() throws IOException {
        try (ElsewhereFileSystem elsewhere = ElsewhereFileSystem.over(disk)) {
            TextModels.write(model(), 1, "good");
            Files.createDirectories(model().resolve("1/variables"));
            Files.writeString(model().resolve("1/variables/data"), "x");
            List<Path> seen = new ArrayList<>();
            ModelRepository repository =
                    new ModelRepository(
                            LOCATION,
                            Duration.ofSeconds(1),
                            path -> {
                                assertThat(path).endsWith(Path.of("text", "1"));
                                assertThat(path.resolve("variables/data")).hasContent("x");
                                seen.add(path);
                                return models.load(path);
                            });
            assertThat(repository.first().description().version()).isEqualTo(1);
            assertThat(seen).singleElement().satisfies(path -> assertThat(path).doesNotExist());
            assertThat(elsewhere.reads()).isPositive();
        }
    }

    @Test
    void aStoreThatIsDownIsSaidToBeDownNotBroken() {
        try (ElsewhereFileSystem elsewhere = ElsewhereFileSystem.over(disk)) {
            elsewhere.goDown();
            ModelRepository repository = repository();
            assertThatThrownBy(repository::first)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("down");
        }
    }

    @Test
    void whatAStoresClientThrowsUncheckedIsWaitedForAsForPictures() throws IOException {
        TextModels.write(model(), 1, "good");
        try (ElsewhereFileSystem elsewhere = ElsewhereFileSystem.over(disk)) {
            ModelRepository repository = repository();
            elsewhere.fail(new IllegalStateException("Connection pool shut down"));
            assertThatThrownBy(repository::first)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Connection pool shut down");

            elsewhere.fail(null);
            ModelDescription first = repository.first().description();
            elsewhere.fail(new IllegalStateException("Connection pool shut down"));
            assertThatThrownBy(() -> repository.next(first)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aStoreThatDeniesAccessIsAMistakeOfConfiguration() {
        try (ElsewhereFileSystem elsewhere = ElsewhereFileSystem.over(disk)) {
            elsewhere.fail(
                    new IllegalStateException("wrapped", new HttpException(403, "Forbidden")));
            ModelRepository repository = repository();
            assertThatThrownBy(repository::first)
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("denies access")
                    .hasMessageContaining("model.path");
        }
    }

    @Test
    void aStoreThatSaysNotFoundUncheckedHasNoSuchVersion() throws IOException {
        TextModels.write(model(), 1, "good");
        try (ElsewhereFileSystem elsewhere = ElsewhereFileSystem.over(disk)) {
            ModelRepository repository = repository();
            ModelDescription first = repository.first().description();
            elsewhere.fail(new HttpException(404, "NoSuchKey"));
            assertThat(repository.next(first)).isEmpty();
        }
    }

    @Test
    void aSchemeWithoutAFileSystemIsAMistakeOfConfiguration() {
        assertThatThrownBy(() -> repository("nowhere://bucket/text").first())
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("model.path nowhere://bucket/text")
                .hasMessageContaining("plugins/");
    }

    /** As clients of stores have them. */
    public static final class HttpException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int status;

        HttpException(int status, String message) {
            super(message);
            this.status = status;
        }

        public int getStatusCode() {
            return status;
        }
    }

    private Path model() {
        return disk.resolve("text");
    }

    private ModelRepository repository() {
        return repository(LOCATION);
    }

    private ModelRepository repository(String location) {
        return new ModelRepository(location, Duration.ofSeconds(1), models);
    }
}
