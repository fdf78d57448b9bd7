package dev.iresnet.benchmark.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TjbenchTest {
    /** Of libjpeg-turbo 2.1.5. */
    private static final String OUTPUT =
            """
            Using most accurate DCT/IDCT algorithm

            Warmup time = 0.1 seconds

            >>>>>  JPEG 4:2:0 --> RGB (Top-down)  <<<<<

            Image size: 1280 x 720
            Decompress    --> Frame rate:         59.717863 fps
                              Throughput:         55.035982 Megapixels/sec
            """;

    @TempDir private Path directory;

    private Path program(String script) throws IOException {
        Path program = Files.writeString(directory.resolve("tjbench"), script);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }

    @Test
    void readsTheFrameRate() throws IOException {
        assertThat(Tjbench.framesPerSecond(OUTPUT)).isEqualTo(59.717863);
    }

    @Test
    void quotesWhatItDoesNotUnderstand() {
        assertThatThrownBy(() -> Tjbench.framesPerSecond("tjbench: no such file"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no such file");
    }

    @Test
    void isFoundOnThePathOnly() throws IOException {
        assertThat(Tjbench.find("/nowhere:" + directory)).isEmpty();

        program("#!/bin/sh\n");

        assertThat(Tjbench.find("/nowhere:" + directory)).isPresent();
    }

    /** 50 and 25 frames a second: the two together take 60 ms. */
    @Test
    void addsTheTimesOfAllFiles() throws IOException {
        program(
                """
                #!/bin/sh
                case $1 in *fast.jpg) rate=50.0 ;; *) rate=25.0 ;; esac
                echo "Decompress    --> Frame rate:  $rate fps"
                """);
        Tjbench tjbench = Tjbench.find(directory.toString()).orElseThrow();

        assertThat(tjbench.passesPerSecond(List.of(Path.of("fast.jpg"), Path.of("slow.jpg")), 1))
                .isCloseTo(1 / 0.06, within(1e-9));
    }

    @Test
    void saysHowItReduces() throws IOException {
        program(
                """
                #!/bin/sh
                case "$*" in *"-scale 1/4"*) rate=30.0 ;; *) rate=10.0 ;; esac
                echo "Decompress    --> Frame rate:  $rate fps"
                """);
        Tjbench whole = Tjbench.find(directory.toString()).orElseThrow();
        Tjbench quarter = whole.reducing(4);

        assertThat(whole.passesPerSecond(List.of(Path.of("a.jpg")), 1)).isEqualTo(10);
        assertThat(quarter.passesPerSecond(List.of(Path.of("a.jpg")), 1)).isEqualTo(30);
        assertThat(quarter.settings()).contains("-scale 1/4");
    }
}
