package dev.iresnet.training;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetTest {
    @TempDir private Path folder;

    @BeforeEach
    void unpack() throws IOException {
        TestPictures.unpack(folder);
    }

    @Test
    void keepsEqualFilesOfAClassOnOneSide() throws IOException {
        Path copies = folder.resolve("train/cat");
        for (Path file :
                all().pictures().stream()
                        .map(LabelledPicture::path)
                        .filter(path -> path.startsWith(copies))
                        .toList()) {
            Files.copy(file, copies.resolve("copy-" + file.getFileName()));
        }
        Dataset all = all();
        Dataset.Split split = all.split(0.3, 7);

        Set<String> learned = digests(split.training());
        assertThat(learned).doesNotContainAnyElementsOf(digests(split.validation()));
        assertThat(split.training().pictures().size() + split.validation().pictures().size())
                .isEqualTo(all.pictures().size());
        assertThat(split.training().warnings(split.validation())).isEmpty();
    }

    @Test
    void refusesAClassWithABlankNameBeforeItLearns() throws IOException {
        Files.move(folder.resolve("train/cat"), folder.resolve("train/ "));

        assertThatThrownBy(this::all)
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("name ' ' is blank");
    }

    @Test
    void saysWhichClassHasHardlyAPicture() throws IOException {
        Dataset all = all();
        Set<Integer> seen = new HashSet<>();
        List<LabelledPicture> one =
                all.pictures().stream().filter(p -> p.label() != 3 || seen.add(3)).toList();

        assertThat(new Dataset(all.labels(), one).warnings(new Dataset(all.labels(), List.of())))
                .containsExactly(
                        "There is at most one picture to train cat with: it will hardly be"
                                + " recognised.");
    }

    @Test
    void leavesEachClassAPictureThoughAnotherHasTheSame() throws IOException {
        Path twin = Files.createDirectories(folder.resolve("train/twin"));
        Files.copy(folder.resolve("train/cat/1416.jpg"), twin.resolve("a.jpg"));

        for (long seed = 0; seed < 20; seed++) {
            Dataset.Split split = all().split(0.5, seed);
            assertThat(split.training().missing()).isEmpty();
        }
    }

    @Test
    void followsLinksToClassesAndPicturesButNotInCircles() throws IOException {
        Path train = folder.resolve("train");
        Files.createDirectories(folder.resolve("elsewhere"));
        Files.move(train.resolve("cat"), folder.resolve("elsewhere/cat"));
        int cats = picturesIn(folder.resolve("elsewhere/cat"));
        Files.createSymbolicLink(train.resolve("cat"), folder.resolve("elsewhere/cat"));
        Files.createSymbolicLink(folder.resolve("elsewhere/cat/circle"), train);
        Files.createSymbolicLink(train.resolve("cat/circle.jpg"), Path.of("circle.jpg"));

        Dataset all = all();

        int label = all.labels().indexOf("cat");
        assertThat(all.pictures().stream().filter(p -> p.label() == label))
                .hasSize(cats)
                .allMatch(p -> p.path().startsWith(train.resolve("cat")));
    }

    @Test
    void findsThePicturesOfAListThroughLinksAndByNamesThatBeginWithBlanks() throws IOException {
        Path train = folder.resolve("train");
        Path link = Files.createSymbolicLink(folder.resolve("link"), train);
        Files.move(train.resolve("cat"), train.resolve(" cat"));
        Path order = folder.resolve("order.txt");
        Files.writeString(order, " cat/1416.jpg\r\n\n" + link.resolve("dog/2298.jpg") + "\n");

        Dataset ordered = DatasetReader.inOrder(train, false, order);

        assertThat(ordered.pictures().stream().map(p -> ordered.labels().get(p.label())))
                .containsExactly(" cat", "dog");
    }

    @Test
    void refusesAListThatNamesNoPicture() throws IOException {
        Path order = folder.resolve("order.txt");
        Path train = folder.resolve("train");
        Files.writeString(order, "cat/1416.jpg\ncat/gone.jpg\n");
        assertThatThrownBy(() -> DatasetReader.inOrder(train, false, order))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("cat/gone.jpg, which is no picture in one class");
        Files.write(order, new byte[] {(byte) 0xff, 'a'});
        assertThatThrownBy(() -> DatasetReader.inOrder(train, false, order))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("order.txt is no list of paths in UTF-8");
        Files.writeString(order, "\n");
        assertThatThrownBy(() -> DatasetReader.inOrder(train, false, order))
                .hasMessageContaining("order.txt names no picture");
    }

    @Test
    void namesFilesThatCannotBeReadAndLeavesThemOut() throws IOException {
        // a regular file whose reading fails, also for root
        Path unreadable = Path.of("/proc/self/mem");
        assumeThat(unreadable).isRegularFile();
        Path link = folder.resolve("train/cat/a.jpg");
        Files.createSymbolicLink(link, unreadable);
        int count = picturesIn(folder.resolve("train"));

        List<Path> failed = new ArrayList<>();
        Dataset all =
                DatasetReader.read(
                        folder.resolve("train"), false, 2, (path, e) -> failed.add(path));

        assertThat(failed).containsExactly(link);
        assertThat(all.pictures()).hasSize(count);
        Path order = folder.resolve("order.txt");
        Files.writeString(order, "cat/a.jpg\n");
        assertThatThrownBy(() -> DatasetReader.inOrder(folder.resolve("train"), false, order))
                .hasMessageContaining("a.jpg, which cannot be read");
    }

    private Dataset all() throws IOException {
        return DatasetReader.read(
                folder.resolve("train"),
                false,
                2,
                (path, e) -> {
                    throw new AssertionError(path.toString(), e);
                });
    }

    private static int picturesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return (int) files.filter(file -> Files.isRegularFile(file, NOFOLLOW_LINKS)).count();
        }
    }

    private static Set<String> digests(Dataset dataset) {
        return dataset.pictures().stream().map(LabelledPicture::sha256).collect(Collectors.toSet());
    }
}
