package dev.iresnet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.image.Preprocessing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingPicturesTest {
    private static final Preprocessing RULE =
            new Preprocessing(
                    32,
                    32,
                    Preprocessing.Resize.STRETCH,
                    32,
                    List.of(0.5f, 0.5f, 0.5f),
                    List.of(0.25f, 0.25f, 0.25f));

    @TempDir private Path folder;

    @BeforeEach
    void unpack() throws IOException {
        TestPictures.unpack(folder);
    }

    @Test
    void keepsOnlyTheDecodedPicturesThatAreUsed() throws IOException {
        decoded(0.2);
        decoded(0.3);
        try (Stream<Path> files = Files.list(folder.resolve("store"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".bin"))).hasSize(2);
        }
    }

    @Test
    void tellsOfPicturesThatCannotBeDecodedInEachRunAndDoesNotCountThem() throws IOException {
        Path broken = folder.resolve("train/cat/broken.jpg");
        Files.writeString(broken, "no picture");
        for (int run = 0; run < 2; run++) {
            List<Path> failed = new ArrayList<>();
            TrainingPictures.Decoded decoded = decode(pictures(0), failed);
            assertThat(failed).containsExactly(broken);
            assertThat(decoded.trainingCount()).isEqualTo(128);
        }
    }

    @Test
    void refusesAClassOfWhichNoPictureCanBeDecoded() throws IOException {
        Files.createDirectories(folder.resolve("train/zebra"));
        Files.writeString(folder.resolve("train/zebra/broken.jpg"), "no picture");

        assertThatThrownBy(() -> decoded(0.2))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("No picture of zebra can be read");
    }

    @Test
    void decodesAPictureOnce() throws IOException {
        TrainingPictures pictures = pictures(0);
        decode(pictures, new ArrayList<>());
        for (String name : List.of("ship/3072.jpg", "cat/1416.jpg")) {
            Files.delete(folder.resolve("train").resolve(name));
        }

        List<Path> failed = new ArrayList<>();
        decode(pictures, failed);

        assertThat(failed).isEmpty();
    }

    private TrainingPictures pictures(double share) throws IOException {
        return TrainingPictures.read(
                new TrainingPictures.Source(
                        folder.resolve("train"), Optional.empty(), Optional.empty(), share),
                1,
                (path, e) -> {});
    }

    private TrainingPictures.Decoded decode(TrainingPictures pictures, List<Path> failed)
            throws IOException {
        return pictures.decode(
                RULE,
                Augmentation.NONE,
                folder.resolve("store"),
                2,
                (path, e) -> failed.add(path),
                done -> {});
    }

    private TrainingPictures.Decoded decoded(double share) throws IOException {
        return decode(pictures(share), new ArrayList<>());
    }
}
