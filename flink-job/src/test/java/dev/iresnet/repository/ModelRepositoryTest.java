package dev.iresnet.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.model.DeviceMemoryException;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelRepositoryTest {
    @TempDir Path disk;

    private final TextModels models = new TextModels();
    private Path model;
    private ModelRepository repository;

    @BeforeEach
    void name() {
        model = disk.resolve("text");
        repository = repository();
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
        ModelDescription first = begin();
        assertThat(repository.next(first)).isEmpty();

        offer(first, "half a mod");
        offer(first, "good");
        assertThat(repository.next(first)).hasValueSatisfying(versionIs(2));
        assertThat(models.loaded).containsExactly(1L, 2L);
    }

    @Test
    void aBrokenVersionIsRefusedOnceAndTriedAgainWhenItChanges() throws IOException {
        write(1, "good");
        ModelDescription first = begin();
        offer(first, "broken");
        assertThatThrownBy(() -> repository.next(first)).hasMessageContaining("is broken");
        assertThat(repository.next(first)).isEmpty();
        assertThat(repository.waitsForRestart()).as("it could not be used then either").isFalse();

        offer(first, "good");
        assertThat(repository.next(first)).hasValueSatisfying(versionIs(2));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aVersionThatMemoryIsShortForIsTriedAgainAfterRestsThatGrow(boolean ofDevice)
            throws IOException {
        write(1, "good");
        ModelDescription first = begin();
        offer(first, "good");
        models.shortage =
                ofDevice
                        ? new DeviceMemoryException("no room", new IllegalStateException())
                        : new OutOfMemoryError("no room");

        assertThatThrownBy(() -> repository.next(first)).hasMessageContaining("no room");
        assertThat(repository.next(first)).as("rests").isEmpty();
        assertThatThrownBy(() -> repository.next(first)).hasMessageContaining("no room");
        models.shortage = null;
        for (int look = 0; look < 3; look++) {
            assertThat(repository.next(first)).as("rests for longer").isEmpty();
        }
        assertThat(repository.next(first)).hasValueSatisfying(versionIs(2));
    }

    @Test
    void aVersionForOtherCropsIsClosedAndRefused() throws IOException {
        write(1, "good");
        ModelDescription first = begin();
        offer(first, "other size");
        assertThatThrownBy(() -> repository.next(first))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("restart");
        assertThat(models.closed).containsExactly(2L);
        assertThat(repository.next(first)).isEmpty();
        assertThat(repository.waitsForRestart()).isTrue();

        Files.writeString(model.resolve("PINNED"), "1");
        assertThat(repository.next(first)).isEmpty();
        assertThat(repository.waitsForRestart()).isFalse();
        Files.delete(model.resolve("PINNED"));
        assertThat(repository.next(first)).isEmpty();
        assertThat(repository.waitsForRestart()).isTrue();
    }

    @Test
    void aPinRollsBackAndItsEndRollsForward() throws IOException {
        write(1, "good");
        write(2, "good");
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
        ModelDescription first = begin();
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
        ModelDescription second = repository.first().description();
        Files.move(model.resolve("2"), disk.resolve("2"));
        assertThat(repository.next(second)).hasValueSatisfying(versionIs(1));
    }

    @Test
    void anEmptyListingChangesNothing() throws IOException {
        write(1, "good");
        ModelDescription first = begin();
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
        repository.first();
        assertThat(repository.pause()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aVersionThatFailedWhileItLabelledIsNotTriedAgainUnlessItChanges() throws IOException {
        write(1, "good");
        ModelDescription first = begin();
        offer(first, "good");
        ModelDescription second = repository.next(first).orElseThrow().description();

        repository.failed(second, new ModelException("an operation is not implemented"));
        assertThat(repository.next(first)).isEmpty();
        assertThat(repository.next(first)).isEmpty();
        offer(first, "good, and mended");
        assertThatThrownBy(() -> repository.next(first)).hasMessageContaining("and mended");
    }

    @Test
    void aVersionThatMemoryWasShortForWhileItLabelledRests() throws IOException {
        write(1, "good");
        ModelDescription first = begin();
        offer(first, "good");
        ModelDescription second = repository.next(first).orElseThrow().description();

        repository.failed(
                second, new DeviceMemoryException("no room", new IllegalStateException()));
        assertThat(repository.next(first)).as("rests").isEmpty();
        assertThat(repository.next(first)).hasValueSatisfying(versionIs(2));
    }

    @Test
    void aLoaderThatThrowsAnyOtherKindRefusesTheVersionToo() throws IOException {
        write(1, "good");
        ModelDescription first = begin();
        offer(first, "good");
        models.shortage = new UnsupportedOperationException("not implemented");
        assertThatThrownBy(() -> repository.next(first)).hasMessageContaining("not implemented");
        models.shortage = null;
        assertThat(repository.next(first)).as("2 is not tried again").isEmpty();
    }

    /** Starts with the versions that are there. */
    private ModelDescription begin() throws IOException {
        return repository.first().description();
    }

    /** Writes version 2, and looks at it for the first time, which is too early. */
    private void offer(ModelDescription first, String text) throws IOException {
        write(2, text);
        assertThat(repository.next(first)).as("seen for the first time, or changed").isEmpty();
    }

    private ModelRepository repository() {
        return repository(model.toString());
    }

    private ModelRepository repository(String location) {
        return new ModelRepository(location, Duration.ofSeconds(1), models);
    }

    private void write(long version, String text) throws IOException {
        TextModels.write(model, version, text);
    }

    private static Consumer<Model> versionIs(long version) {
        return found -> assertThat(found.description().version()).isEqualTo(version);
    }
}
