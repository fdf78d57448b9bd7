package dev.iresnet.cli.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.cli.Iresnet;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.training.TestPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Training in processes that are ended at random moments, half of them by Ctrl-C's way and half by
 * a kill, comes to the model of a run that was left alone, byte for byte.
 */
class BrokenOffTrainingIT {
    private static final int MOST_SECONDS = 300;

    @TempDir private Path folder;

    @BeforeEach
    void unpack() throws IOException {
        TestPictures.unpack(folder);
    }

    @Test
    void comesToTheSameModelAfterTwoBreaks() throws Exception {
        comesToTheSameModel(2, 3, 1);
    }

    @Tag("heavy")
    @Test
    void comesToTheSameModelAfterTenBreaks() throws Exception {
        comesToTheSameModel(10, 20, 2);
    }

    private void comesToTheSameModel(int breaks, int epochs, long seed) throws Exception {
        Random random = new Random(seed);
        Process whole = start("whole", epochs);
        assertThat(whole.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(whole.exitValue()).as(Files.readString(folder.resolve("out"))).isZero();
        Path log = folder.resolve("broken/training/log.jsonl");

        for (int i = 0; i < breaks; i++) {
            Process process = start("broken", epochs);
            long more = lines(log) + 1 + random.nextInt(2 * epochs / breaks + 4);
            // the condition, and then any moment of a step, of a measurement or of saving
            while (process.isAlive() && lines(log) < more) {
                process.waitFor(10, TimeUnit.MILLISECONDS);
            }
            process.waitFor(random.nextInt(60), TimeUnit.MILLISECONDS);
            if (i % 2 == 0) {
                process.destroyForcibly();
            } else {
                process.destroy();
            }
            assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
        Process last = start("broken", epochs);
        assertThat(last.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();

        assertThat(last.exitValue()).isZero();
        assertThat(digest("broken")).isEqualTo(digest("whole"));
        assertThat(steps("broken")).isEqualTo(steps("whole"));
    }

    private List<String> arguments(String output, int epochs) {
        return List.of(
                "train",
                folder.resolve("train").toString(),
                "--network",
                "cifar-iresnet14",
                "--epochs",
                String.valueOf(epochs),
                "--batch",
                "16",
                "--average",
                "0.9",
                "--threads",
                "1",
                "--resume",
                "--output",
                folder.resolve(output).toString());
    }

    private Process start(String output, int epochs) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Iresnet.class.getName());
        command.addAll(arguments(output, epochs));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("out").toFile()))
                .start();
    }

    private String digest(String model) {
        return ModelDirectory.open(folder.resolve(model)).digest();
    }

    private static long lines(Path log) throws IOException {
        if (!Files.exists(log)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(log)) {
            return lines.count();
        }
    }

    /** The log, without what a clock says. */
    private List<String> steps(String model) throws IOException {
        return Files.readAllLines(folder.resolve(model).resolve("training/log.jsonl")).stream()
                .map(line -> line.replaceAll(",\"imagesPerSecond\":[^}]*", ""))
                .toList();
    }
}
