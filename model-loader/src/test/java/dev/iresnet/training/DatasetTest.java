package dev.iresnet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
                Dataset.read(folder.resolve("train"), Optional.empty()).pictures().stream()
                        .map(LabelledPicture::path)
                        .filter(path -> path.startsWith(copies))
                        .toList()) {
            Files.copy(file, copies.resolve("copy-" + file.getFileName()));
        }
        Dataset all = Dataset.read(folder.resolve("train"), Optional.empty());
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

        assertThatThrownBy(() -> Dataset.read(folder.resolve("train"), Optional.empty()))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("name ' ' is blank");
    }

    @Test
    void saysWhichClassHasHardlyAPicture() throws IOException {
        Dataset all = Dataset.read(folder.resolve("train"), Optional.empty());
        Set<Integer> seen = new HashSet<>();
        List<LabelledPicture> one =
                all.pictures().stream().filter(p -> p.label() != 3 || seen.add(3)).toList();

        assertThat(new Dataset(all.labels(), one).warnings(new Dataset(all.labels(), List.of())))
                .containsExactly(
                        "There is at most one picture to train cat with: it will hardly be"
                                + " recognised.");
    }

    private static Set<String> digests(Dataset dataset) {
        return dataset.pictures().stream().map(LabelledPicture::sha256).collect(Collectors.toSet());
    }
}
