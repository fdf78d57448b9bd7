package dev.iresnet.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.file.Sha256;
import dev.iresnet.image.EncodedImage;
import dev.iresnet.image.Encoding;
import dev.iresnet.image.ImageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class FrameReaderTest {
    private static final Path GIFS = Path.of("src/test/resources/dev/iresnet/video");

    @TempDir private Path folder;

    @AfterEach
    void forgetTheProgram() {
        System.clearProperty(FfmpegFrames.PROPERTY);
    }

    /** What {@code make_gifs.py} wrote, and the frames that Pillow gives of it. */
    @ParameterizedTest
    @CsvFileSource(resources = "/dev/iresnet/video/gifs.csv")
    void framesOfAGifArePillows(String file, int frames, String digest)
            throws IOException, ImageException {
        MessageDigest sum = Sha256.digest();
        int read = 0;
        try (FrameReader reader = FrameReader.open(GIFS.resolve(file))) {
            for (Optional<EncodedImage> frame = reader.next();
                    frame.isPresent();
                    frame = reader.next()) {
                sum.update(frame.get().bytes());
                read++;
            }
        }
        assertThat(read).isEqualTo(frames);
        assertThat(Sha256.hex(sum)).isEqualTo(digest);
    }

    @Test
    void aDamagedGifIsRefused() throws IOException {
        byte[] sound = Files.readAllBytes(GIFS.resolve("0.gif"));
        Path cut = folder.resolve("cut.gif");
        for (int length = 0; length < sound.length - 1; length += 3) {
            Files.write(cut, Arrays.copyOf(sound, length));
            int bytes = length;
            assertThatThrownBy(() -> all(cut))
                    .as("%d bytes", bytes)
                    .isInstanceOfAny(IOException.class, ImageException.class);
        }
    }

    /** It would be read into more memory than there is. */
    @Test
    void aGifWhoseFrameIsLargerThanThePictureIsRefusedBeforeItIsRead() throws IOException {
        Path file = folder.resolve("large.gif");
        Files.write(
                file,
                HexFormat.of()
                        .parseHex(
                                // a picture of 1x1 and two colours, a frame of 65535x65535
                                "47494638396101000100800000000000ffffff"
                                        + "2c00000000ffffffff00"
                                        + "02024401003b"));

        assertThatThrownBy(() -> all(file))
                .isInstanceOf(ImageException.class)
                .hasMessage("frame 0 reaches beyond the picture");
    }

    private static List<EncodedImage> all(Path video) throws IOException, ImageException {
        List<EncodedImage> frames = new ArrayList<>();
        try (FrameReader reader = FrameReader.open(video)) {
            for (Optional<EncodedImage> frame = reader.next();
                    frame.isPresent();
                    frame = reader.next()) {
                frames.add(frame.get());
            }
        }
        return frames;
    }

    @Test
    void framesOfADirectoryAreInTheOrderOfTheirNumbers() throws IOException {
        for (String name : List.of("frame10.png", "frame2.png", "frame1.png", ".hidden.png", "x")) {
            Files.write(folder.resolve(name), new byte[1]);
        }

        assertThat(DirectoryFrames.pictures(folder))
                .extracting(path -> path.getFileName().toString())
                .containsExactly("frame1.png", "frame2.png", "frame10.png");
    }

    private void program(String... lines) throws IOException {
        Path script = folder.resolve("ffmpeg");
        Files.writeString(script, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        System.setProperty(FfmpegFrames.PROPERTY, script.toString());
    }

    private Path video() throws IOException {
        return Files.writeString(folder.resolve("a.mp4"), "not read by the script");
    }

    @Test
    void framesOfAVideoComeFromAProgram() throws IOException, ImageException {
        program(
                "echo ' Stream #0:0(und): Video: h264 (High), yuv420p, 2x1, 12.5 fps, 25 tbr' >&2",
                "printf 'P6\\n2 1\\n255\\nabcdef'",
                "printf 'P6\\n2 1\\n255\\n\\n\\n\\n   '");
        try (FrameReader reader = FrameReader.open(video())) {
            EncodedImage first = reader.next().orElseThrow();
            EncodedImage second = reader.next().orElseThrow();

            assertThat(reader.next()).isEmpty();
            assertThat(reader.rate()).isEqualTo(OptionalDouble.of(12.5));
            assertThat(first.encoding()).isEqualTo(Encoding.RGB);
            assertThat(List.of(first.width(), first.height())).containsExactly(2, 1);
            assertThat(text(first)).isEqualTo("abcdef");
            assertThat(text(second)).isEqualTo("\n\n\n   ");
        }
    }

    private static String text(EncodedImage image) {
        return StandardCharsets.US_ASCII.decode(image.bytes().duplicate()).toString();
    }

    @Test
    void whatTheProgramComplainsOfIsTold() throws IOException {
        program("echo 'Invalid data found' >&2", "exit 3");
        assertThatThrownBy(() -> all(video()))
                .isInstanceOf(IOException.class)
                .hasMessage("ffmpeg failed (3): Invalid data found");

        program("yes 'frame is damaged' | head -c 100000000 >&2", "echo 'All lost' >&2", "exit 4");
        assertThatThrownBy(() -> all(video()))
                .hasMessageMatching("ffmpeg failed \\(4\\): (?s).{280,300}All lost");

        program("printf 'P6\\n2 1\\n255\\nabc'");
        assertThatThrownBy(() -> all(video())).hasMessage("ffmpeg broke off within a frame");

        program("echo hello there, this is no picture at all");
        assertThatThrownBy(() -> all(video())).hasMessageContaining("no PPM picture");

        program("printf 'P6\\n65535 65535\\n255\\n'");
        assertThatThrownBy(() -> all(video())).hasMessageContaining("at most 50000000 are read");
    }

    @Test
    void aVideoThatIsNotThereIsNotGivenToTheProgram() throws IOException {
        program("touch " + folder.resolve("ran"));

        assertThatThrownBy(() -> all(folder.resolve("missing.mp4")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no such file");
        assertThat(folder.resolve("ran")).doesNotExist();
    }
}
