package dev.iresnet.proving.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.schemas.avro.ImageEncoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFolderTest {
    @TempDir private Path root;

    @Test
    void findsPicturesInAllFoldersInTheOrderOfTheirNames() throws IOException {
        for (String file : new String[] {"b/2.PNG", "a/deep/er/1.jpeg", "c.jpg", "a/0.jpg"}) {
            write(file, file);
        }
        write("labels.txt", "not a picture");
        Files.createDirectory(root.resolve("folder.jpg"));

        PictureFolder folder = PictureFolder.of(root);

        assertThat(folder.files())
                .containsExactly("a/0.jpg", "a/deep/er/1.jpeg", "b/2.PNG", "c.jpg");
        assertThat(folder.read("b/2.PNG").bytes()).asString().isEqualTo("b/2.PNG");
        assertThat(folder.read("b/2.PNG").encoding()).isEqualTo(ImageEncoding.PNG);
        assertThat(folder.read("c.jpg").encoding()).isEqualTo(ImageEncoding.JPEG);
    }

    @Test
    void theDirectoryMayBeALink() throws IOException {
        write("kept/a/0.jpg", "x");
        Path link = Files.createSymbolicLink(root.resolve("link"), root.resolve("kept"));

        PictureFolder folder = PictureFolder.of(link);

        assertThat(folder.files()).containsExactly("a/0.jpg");
        assertThat(folder.read("a/0.jpg").bytes()).asString().isEqualTo("x");
    }

    @Test
    void saysWhenThereIsNothingToShow() {
        assertThatThrownBy(() -> PictureFolder.of(root))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("no pictures in " + root);
        assertThatThrownBy(() -> PictureFolder.of(root.resolve("absent")))
                .hasMessageContaining("absent is not a directory");
    }

    @Test
    void namesThePictureThatCannotBeRead() throws IOException {
        Path file = write("a.jpg", "x");
        PictureFolder folder = PictureFolder.of(root);
        Files.delete(file);

        assertThatThrownBy(() -> folder.read("a.jpg"))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining(file.toString());
    }

    private Path write(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }
}
