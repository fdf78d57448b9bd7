package dev.iresnet.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.DeviceMemoryException;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelRepositoryTest {
    @TempDir Path disk;

    private final List<Long> loaded = new ArrayList<>();
    private final List<Long> closed = new ArrayList<>();
    private Path model;

    /** What loading meets, whatever the files say. */
    private @Nullable Throwable shortage;

    /** Its graph file says "good", "other size", or what is wrong with it. */
    private final class TextModel implements Model {
        private final long version;
        private final int side;

        TextModel(Path path) {
            String text = read(path.resolve("saved_model.pb"));
            this.version = Long.parseLong(path.getFileName().toString());
            this.side = text.equals("other size") ? 2 : 1;
            if (shortage instanceof RuntimeException e) {
                throw e;
            }
            if (shortage instanceof Error e) {
                throw e;
            }
            if (!text.equals("good") && side == 1) {
                throw new ModelException(path + " is " + text);
            }
            loaded.add(version);
        }

        @Override
        public ModelDescription description() {
            return new ModelDescription(
                    "text",
                    version,
                    "ab".repeat(32),
                    List.of("a"),
                    new Preprocessing(
                            side,
                            side,
                            Preprocessing.Resize.STRETCH,
                            side,
                            List.of(0f, 0f, 0f),
                            List.of(1f, 1f, 1f)));
        }

        @Override
        public List<Prediction> predict(List<Sample> crops) {
            throw new AssertionError("nobody asks");
        }

        @Override
        public void close() {
            closed.add(version);
        }
    }

    @BeforeEach
    void name() {
        model = disk.resolve("text");
    }

    @Test
    void beginsWithTheHighestVersionByNumber() throws IOException {
        write(9, "good");
        write(10, "good");
        assertThat(repository().first().description().version()).isEqualTo(10);
    }

    @Test
    void beginsWithALowerVersionWhereTheHighestIsBroken() throws IOException {
        write(1, "good");
        write(2, "broken");
        ModelRepository repository = repository();
        Model first = repository.first();
        assertThat(first.description().version()).isEqualTo(1);
        assertThat(repository.next(first.description())).as("2 is not tried again").isEmpty();
    }

    @Test
    void saysOfEachVersionWhyNoneCanBeUsed() throws IOException {
        write(1, "broken");
        write(2, "damaged");
        assertThatThrownBy(() -> repository().first())
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(model.resolve("1") + " is broken")
                .hasMessageContaining(model.resolve("2") + " is damaged");
    }

    @Test
    void aNewVersionServesOnceItsFilesStandStill() throws IOException {
        write(1, "good");
        ModelRepository repository = repository();
        ModelDescription first = repository.first().description();
        assertThat(repository.next(first)).isEmpty();

        write(2, "half a mod");
        assertThat(repository.next(first)).as("seen for the first time").isEmpty();
        write(2, "good");
        assertThat(repository.next(first)).as("has changed").isEmpty();
        assertThat(repository.next(first)).hasValueSatisfying(versionIs(2));
        assertThat(loaded).containsExactly(1L, 2L);
    }

    @Test
    void aBrokenVersionIsRefusedOnceAndTriedAgainWhenItChanges() throws IOException {
        write(1, "good");
        ModelRepository repository = repository();
        ModelDescription first = repository.first().description();
        write(2, "broken");
        assertThat(repository.next(first)).isEmpty();
        assertThatThrownBy(() -> repository.next(first)).hasMessageContaining("is broken");
        assertThat(repository.next(first)).isEmpty();

        write(2, "good");
        assertThat(repository.next(first)).isEmpty();
        assertThat(repository.next(first)).hasValueSatisfying(versionIs(2));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aVersionThatMemoryIsShortForIsTriedAgainAfterRestsThatGrow(boolean ofDevice)
            throws IOException {
        write(1, "good");
        ModelRepository repository = repository();
        ModelDescription first = repository.first().description();
        write(2, "good");
        assertThat(repository.next(first)).isEmpty();
        shortage =
                ofDevice
                        ? new DeviceMemoryException("no room", new IllegalStateException())
                        : new OutOfMemoryError("no room");

        assertThatThrownBy(() -> repository.next(first)).hasMessageContaining("no room");
        assertThat(repository.next(first)).as("rests").isEmpty();
        assertThatThrownBy(() -> repository.next(first)).hasMessageContaining("no room");
        shortage = null;
        for (int look = 0; look < 3; look++) {
            assertThat(repository.next(first)).as("rests for longer").isEmpty();
        }
        assertThat(repository.next(first)).hasValueSatisfying(versionIs(2));
    }

    @Test
    void aVersionForOtherCropsIsClosedAndRefused() throws IOException {
        write(1, "good");
        ModelRepository repository = repository();
        ModelDescription first = repository.first().description();
        write(2, "other size");
        assertThat(repository.next(first)).isEmpty();
        assertThatThrownBy(() -> repository.next(first))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("restart");
        assertThat(closed).containsExactly(2L);
        assertThat(repository.next(first)).isEmpty();
    }

    @Test
    void aPinRollsBackAndItsEndRollsForward() throws IOException {
        write(1, "good");
        write(2, "good");
        ModelRepository repository = repository();
        ModelDescription second = repository.first().description();
        assertThat(second.version()).isEqualTo(2);

        Files.writeString(model.resolve("PINNED"), "1\n");
        Optional<Model> back = repository.next(second);
        assertThat(back).hasValueSatisfying(versionIs(1));
        assertThat(repository.next(back.get().description())).isEmpty();

        Files.delete(model.resolve("PINNED"));
        assertThat(repository.next(back.get().description())).hasValueSatisfying(versionIs(2));
    }

    @Test
    void beginsWithThePinnedVersion() throws IOException {
        write(1, "good");
        write(2, "good");
        Files.writeString(model.resolve("PINNED"), "1");
        assertThat(repository().first().description().version()).isEqualTo(1);
    }

    @Test
    void aPinThatPinsNothingIsSaidOnceAndChangesNothing() throws IOException {
        write(1, "good");
        ModelRepository repository = repository();
        ModelDescription first = repository.first().description();
        Files.writeString(model.resolve("PINNED"), "3");
        assertThatThrownBy(() -> repository.next(first))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("'3'")
                .hasMessageContaining("[1]")
                .hasMessageContaining("PINNED");
        assertThat(repository.next(first)).isEmpty();
        assertThatThrownBy(() -> repository().first()).hasMessageContaining("'3'");
    }

    @Test
    void theHighestThatIsLeftServesWhenTheServingOneIsTakenAway() throws IOException {
        write(1, "good");
        write(2, "good");
        ModelRepository repository = repository();
        ModelDescription second = repository.first().description();
        Files.move(model.resolve("2"), disk.resolve("2"));
        assertThat(repository.next(second)).hasValueSatisfying(versionIs(1));
    }

    @Test
    void anEmptyListingChangesNothing() throws IOException {
        write(1, "good");
        ModelRepository repository = repository();
        ModelDescription first = repository.first().description();
        Files.move(model, disk.resolve("elsewhere"));
        assertThat(repository.next(first)).isEmpty();
    }

    @Test
    void onePathOfAVersionIsThatVersionForGood() throws IOException {
        write(1, "good");
        write(2, "good");
        ModelRepository repository = repository(model.resolve("1").toString());
        assertThat(repository.first().description().version()).isEqualTo(1);
        assertThat(repository.pause()).isZero();
    }

    @Test
    void aDirectoryOfVersionsIsWatched() throws IOException {
        write(1, "good");
        ModelRepository repository = repository();
        repository.first();
        assertThat(repository.pause()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aStoreElsewhereIsCopiedAndTheCopyGoes() throws IOException {
        try (ElsewhereFileSystem elsewhere = ElsewhereFileSystem.over(disk)) {
            write(1, "good");
            Files.createDirectories(model.resolve("1/variables"));
            Files.writeString(model.resolve("1/variables/data"), "x");
            List<Path> seen = new ArrayList<>();
            ModelRepository repository =
                    new ModelRepository(
                            ElsewhereFileSystem.SCHEME + "://bucket/text",
                            Duration.ofSeconds(1),
                            path -> {
                                assertThat(path).endsWith(Path.of("text", "1"));
                                assertThat(path.resolve("variables/data")).hasContent("x");
                                seen.add(path);
                                return new TextModel(path);
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
            ModelRepository repository = repository(ElsewhereFileSystem.SCHEME + "://bucket/text");
            assertThatThrownBy(repository::first)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("down");
        }
    }

    @Test
    void whatAStoresClientThrowsUncheckedIsWaitedForAsForPictures() throws IOException {
        write(1, "good");
        try (ElsewhereFileSystem elsewhere = ElsewhereFileSystem.over(disk)) {
            ModelRepository repository = repository(ElsewhereFileSystem.SCHEME + "://bucket/text");
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
            ModelRepository repository = repository(ElsewhereFileSystem.SCHEME + "://bucket/text");
            assertThatThrownBy(repository::first)
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("denies access")
                    .hasMessageContaining("model.path");
        }
    }

    @Test
    void aStoreThatSaysNotFoundUncheckedHasNoSuchVersion() throws IOException {
        write(1, "good");
        try (ElsewhereFileSystem elsewhere = ElsewhereFileSystem.over(disk)) {
            ModelRepository repository = repository(ElsewhereFileSystem.SCHEME + "://bucket/text");
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

    @Test
    void aVersionThatFailedWhileItLabelledIsNotTriedAgainUnlessItChanges() throws IOException {
        write(1, "good");
        ModelRepository repository = repository();
        ModelDescription first = repository.first().description();
        write(2, "good");
        assertThat(repository.next(first)).isEmpty();
        ModelDescription second = repository.next(first).orElseThrow().description();

        repository.failed(second, new ModelException("an operation is not implemented"));
        assertThat(repository.next(first)).isEmpty();
        assertThat(repository.next(first)).isEmpty();
        write(2, "good, and mended");
        assertThat(repository.next(first)).isEmpty();
        assertThatThrownBy(() -> repository.next(first)).hasMessageContaining("and mended");
    }

    @Test
    void aVersionThatMemoryWasShortForWhileItLabelledRests() throws IOException {
        write(1, "good");
        ModelRepository repository = repository();
        ModelDescription first = repository.first().description();
        write(2, "good");
        assertThat(repository.next(first)).isEmpty();
        ModelDescription second = repository.next(first).orElseThrow().description();

        repository.failed(
                second, new DeviceMemoryException("no room", new IllegalStateException()));
        assertThat(repository.next(first)).as("rests").isEmpty();
        assertThat(repository.next(first)).hasValueSatisfying(versionIs(2));
    }

    @Test
    void aLoaderThatThrowsAnyOtherKindRefusesTheVersionToo() throws IOException {
        write(1, "good");
        ModelRepository repository = repository();
        ModelDescription first = repository.first().description();
        write(2, "good");
        assertThat(repository.next(first)).isEmpty();
        shortage = new UnsupportedOperationException("not implemented");
        assertThatThrownBy(() -> repository.next(first)).hasMessageContaining("not implemented");
        shortage = null;
        assertThat(repository.next(first)).as("2 is not tried again").isEmpty();
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

    private ModelRepository repository() {
        return repository(model.toString());
    }

    private ModelRepository repository(String location) {
        return new ModelRepository(location, Duration.ofSeconds(1), TextModel::new);
    }

    private void write(long version, String text) throws IOException {
        Path directory = model.resolve(Long.toString(version));
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("saved_model.pb"), text);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static java.util.function.Consumer<Model> versionIs(long version) {
        return found -> assertThat(found.description().version()).isEqualTo(version);
    }
}
