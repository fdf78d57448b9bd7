package dev.iresnet.chaos.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.proving.feed.PictureFolder;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ClipsTest {

    @TempDir Path directory;

    @Test
    void fewerCamerasThanGroupsAreRefused() {
        assertThatThrownBy(() -> call("--cameras", "15"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--cameras no fewer, got 32, 16 and 15");
        assertThatThrownBy(() -> call("--minutes", "0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--minutes");
    }

    @Test
    void picturesAreSmallJpegsOfTheSideThatWasAskedFor() throws Exception {
        PictureFolder pictures = PictureFolder.of(Clips.pictures(112, directory));
        assertThat(pictures.files()).hasSizeGreaterThan(1);
        for (String file : pictures.files()) {
            BufferedImage picture = ImageIO.read(directory.resolve(file).toFile());
            assertThat(picture.getWidth()).isEqualTo(112);
            assertThat(picture.getHeight()).isEqualTo(112);
            assertThat(pictures.read(file).bytes()).hasSizeLessThan(2_000);
        }
    }

    /** As the job reckons: of 0.75 of the heap, what is in flight in two slots leaves the rest. */
    @ParameterizedTest
    @CsvSource({"10000, 16, 32", "1000, 16, 112", "16, 2, 1"})
    void aTaskManagersHeapHasRoomForAllCameras(int cameras, int frames, int side) {
        double inFlight = 2 * (64 + 1 + 64);
        double state = cameras * (1024.0 + frames * (3 * side * side + 200)) / (1 << 20);
        assertThat(0.75 * Clips.heapMb(cameras, frames, side)).isGreaterThan(inFlight + state);
    }

    private static void call(String... arguments) throws Exception {
        Clips clips = new Clips();
        new CommandLine(clips).parseArgs(arguments);
        clips.call();
    }
}
