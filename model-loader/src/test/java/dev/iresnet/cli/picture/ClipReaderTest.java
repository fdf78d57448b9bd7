package dev.iresnet.cli.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.image.JpegDecoding;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.ClipRule;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.Task;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipReaderTest {
    private static final Preprocessing RULE = Preprocessing.IMAGENET.stretchedTo(8);

    @TempDir private Path video;

    private static ClipReader reader(int bytes) {
        return reader(bytes, new ClipRule(2, 1, Optional.of(1000), Optional.empty()));
    }

    private static ClipReader reader(int bytes, ClipRule clips) {
        return new ClipReader(
                new ModelDescription(
                        "clips",
                        1,
                        "ab".repeat(32),
                        Task.VIDEO_CLASSIFICATION,
                        List.of("still"),
                        RULE,
                        Optional.empty(),
                        Optional.of(clips)),
                JpegDecoding.EXACT,
                bytes);
    }

    @Test
    void aVideoWhoseCropsTakeTooMuchMemoryIsRefused() throws Exception {
        for (int i = 0; i < 3; i++) {
            ImageIO.write(
                    new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB),
                    "png",
                    video.resolve(i + ".png").toFile());
        }

        try (ClipReader reader = reader(3 * RULE.cropBytes())) {
            ClipReader.Clips clips = reader.read(video);
            assertThat(clips.indices()).hasSize(1000);
            assertThat(clips.samples(998, 1000)).hasSize(2);
        }
        try (ClipReader reader = reader(3 * RULE.cropBytes() - 1)) {
            assertThatThrownBy(() -> reader.read(video))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the crops of more than 2 frames");
        }
    }

    /** A frame that is shown for eleven minutes. */
    @Test
    void aVideoThatWouldBeRepeatedTooOftenIsItsFilesFailure() throws Exception {
        Path still = video.resolve("still.gif");
        Files.write(
                still,
                HexFormat.of()
                        .parseHex(
                                "47494638396101000100800000000000ffffff"
                                        + "21f90400ffff0000"
                                        + "2c00000000010001000002024401003b"));
        ClipRule fast = new ClipRule(2, 1, Optional.empty(), Optional.of(1000f));

        try (ClipReader reader = reader(RULE.cropBytes(), fast)) {
            assertThatThrownBy(() -> reader.read(still))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("at most 100000 are made");
        }
    }
}
