package dev.iresnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The deepest networks are built, exported and loaded in bounded memory and time. */
@Tag("heavy")
class LargeNetworksIT {
    private static final long MOST_BYTES = 4L << 30;
    private static final int MOST_SECONDS = 300;
    private static final Path FRAMES = Path.of("../deploy/local/demo/frames/airplane");

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"iresnet404", "iresnet1001", "cifar-iresnet3002"})
    void isMadeAndLoadedInBounds(String network) throws IOException, InterruptedException {
        assumeThat(Path.of("/proc/self/status")).exists();
        Path model = directory.resolve(network);

        run("create", network, "--output", model.toString());
        MeasuredRun load =
                run(
                        "predict",
                        "--json",
                        "--model",
                        model.toString(),
                        FRAMES.resolve("0000.jpg").toString(),
                        FRAMES.resolve("0001.jpg").toString());

        List<String> scores = new ArrayList<>();
        for (String line : load.out()) {
            JsonNode best = new ObjectMapper().readTree(line).at("/labels/0/score");
            assertThat(best.asDouble()).isFinite().isBetween(0.0, 1.0);
            scores.add(best.asText());
        }
        assertThat(scores).hasSize(2).doesNotHaveDuplicates();
    }

    private MeasuredRun run(String... arguments) throws IOException, InterruptedException {
        MeasuredRun run = MeasuredRun.of(MOST_SECONDS, directory.resolve("log"), arguments);
        System.out.printf(
                Locale.ROOT,
                "%s: %.1f s, %d MiB at most%n",
                String.join(" ", arguments),
                run.seconds(),
                run.peakBytes() >> 20);
        assertThat(run.peakBytes()).isLessThan(MOST_BYTES);
        return run;
    }
}
