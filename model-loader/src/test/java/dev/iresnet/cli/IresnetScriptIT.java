package dev.iresnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/iresnet} as a user calls it; the module has just been packaged. */
class IresnetScriptIT {
    private static final Path SCRIPT = Path.of("bin/iresnet").toAbsolutePath();

    @TempDir private Path directory;

    private CommandRun run(Path script, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        Path out = directory.resolve("out.txt");
        Path err = directory.resolve("err.txt");
        Process process =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new CommandRun(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    @Test
    void runsFromAnywhereAndThroughLinks() throws Exception {
        Files.createDirectory(directory.resolve("links"));
        Path link = Files.createSymbolicLink(directory.resolve("links/first"), SCRIPT);
        Path second = Files.createSymbolicLink(directory.resolve("second"), Path.of("links/first"));
        PredictCommandTest.copy("tiny.jpg", directory.resolve("it's one picture.jpg"));

        CommandRun run = run(second, "preprocess", "-o", "seen", "it's one picture.jpg");

        assertThat(link).isSymbolicLink();
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(directory.resolve("seen/it's one picture.jpg.npy")).exists();
    }

    @Test
    void labelsTheDemoFramesWithTheBundledModel() throws Exception {
        Path frame = Path.of("../deploy/local/demo/frames/ship/0000.jpg").toRealPath();

        CommandRun run = run(SCRIPT, "predict", "--top-k", "1", frame.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.lines()).last().asString().startsWith(frame.toString()).endsWith("  ship");
    }

    @Test
    void handsOnTheExitCodeAndOneLineOfReason() throws Exception {
        CommandRun run = run(SCRIPT, "preprocess", "-o", "seen", "gone.jpg");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("iresnet: gone.jpg: no such file\n");
    }
}
