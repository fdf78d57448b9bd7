package dev.iresnet.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTreeTest {
    @TempDir Path folder;

    @Test
    void whatLiesInALinkedDirectoryIsNamedBelowTheLink() throws IOException {
        Path kept = folder.resolve(".kept");
        Files.createDirectories(kept.resolve("b"));
        Files.writeString(kept.resolve("b/2.jpg"), "");
        Files.writeString(kept.resolve("a.jpg"), "");
        Path link = Files.createSymbolicLink(folder.resolve("link"), kept);

        assertThat(DirectoryTree.visible(link))
                .containsExactly(
                        link, link.resolve("a.jpg"), link.resolve("b"), link.resolve("b/2.jpg"));
    }

    @Test
    void hiddenFilesAndDirectoriesAreLeftOutAndLinksNotFollowed() throws IOException {
        Files.createDirectories(folder.resolve(".thumbnails"));
        Files.writeString(folder.resolve(".thumbnails/a.jpg"), "");
        Files.writeString(folder.resolve("._a.jpg"), "");
        Path circle = Files.createSymbolicLink(folder.resolve("circle"), folder);

        assertThat(DirectoryTree.visible(folder)).containsExactly(folder, circle);
    }

    @Test
    void aDirectoryThatIsNotThereIsNamed() {
        Path gone = folder.resolve("gone");
        assertThatThrownBy(() -> DirectoryTree.visible(gone))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(gone.toString());
    }
}
