package dev.iresnet.benchmark.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {
    @TempDir private Path directory;

    @Test
    void theFramesOfThisModuleAre720pAndAreEnlargedTo1080p() throws IOException {
        List<Path> small = Pictures.in(Path.of("pictures"));
        BufferedImage frame = ImageIO.read(small.get(0).toFile());
        assertThat(List.of(frame.getWidth(), frame.getHeight())).containsExactly(1280, 720);

        List<Path> large = Pictures.enlarged(small.subList(0, 1), directory);

        BufferedImage enlarged = ImageIO.read(large.get(0).toFile());
        assertThat(List.of(enlarged.getWidth(), enlarged.getHeight())).containsExactly(1920, 1080);
    }

    @Test
    void aDirectoryWithoutFramesIsNamed() {
        assertThatThrownBy(() -> Pictures.in(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(directory.toString());
    }
}
