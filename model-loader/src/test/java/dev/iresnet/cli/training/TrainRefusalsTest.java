package dev.iresnet.cli.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.cli.CommandRun;
import dev.iresnet.cli.option.ExitCode;
import dev.iresnet.training.TestPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.exceptions.TFInvalidArgumentException;

/** What {@code iresnet train} does not do, and what it says instead. */
class TrainRefusalsTest {
    @TempDir private Path folder;
    private Path pictures = Path.of("");
    private Path output = Path.of("");

    @BeforeEach
    void unpack() throws IOException {
        TestPictures.unpack(folder);
        pictures = folder.resolve("train");
        output = folder.resolve("mine");
    }

    @Test
    void refusesWhatCannotBeLearned() throws IOException {
        Files.createDirectories(pictures.resolve("empty"));
        assertThat(train("--network", "cifar-iresnet14").err())
                .contains("empty is a class without .jpg, .jpeg or .png files");
        assertThat(train().err()).contains("Say --network, or --from, or both");
        assertThat(train("--network", "nonet7").exitCode()).isEqualTo(2);
        Files.delete(pictures.resolve("empty"));
        assertThat(train("--network", "cifar-iresnet14", "--momentum", "1").err())
                .contains("momentum must be 0 or more and below 1");
    }

    @Test
    void saysWhereALossThatIsNoNumberComesFrom() {
        CommandRun run =
                train(
                        "--network",
                        "cifar-resnet14",
                        "--steps",
                        "40",
                        "--batch",
                        "16",
                        "--learning-rate",
                        "1e30");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("training has gone astray. Lower --learning-rate");
    }

    @Test
    void exportsNoWeightsThatAreNoNumbers() {
        CommandRun run =
                train(
                        "--network",
                        "cifar-resnet14",
                        "--steps",
                        "1",
                        "--validation",
                        "0",
                        "--warmup-steps",
                        "0",
                        "--learning-rate",
                        "3e38");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("after 1 steps: training has gone astray")
                .doesNotContain("kept");
        assertThat(output.resolve("1")).doesNotExist();
    }

    @Test
    void refusesAListOfPicturesOfWhichOneCannotBeDecoded() throws IOException {
        Files.writeString(pictures.resolve("cat/broken.jpg"), "no picture");
        Path order = folder.resolve("order.txt");
        Files.write(order, List.of("ship/3072.jpg", "cat/broken.jpg", "dog/2298.jpg"));

        CommandRun run = train("--network", "cifar-resnet14", "--order", order.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("broken.jpg: neither a JPEG nor a PNG")
                .contains("1 of the pictures in " + order + " cannot be decoded");
    }

    @Test
    void checksWhatTheModelWillSayBeforeItTrains() throws IOException {
        Path blank = Files.move(pictures, folder.resolve(" "));

        CommandRun run =
                CommandRun.of("train", blank, "--network", "cifar-resnet14", "--output", output);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("source.file must be a text that is not blank")
                .doesNotContain("Training");
    }

    @Test
    void tellsOfTensorFlowsFailuresAsWhatTheyAre() {
        assertThat(TrainCommand.failed(new TFInvalidArgumentException("no such shape")))
                .hasMessageContaining("TensorFlow cannot train this: no such shape");
        assertThat(ExitCode.of(TrainCommand.failed(new TFInvalidArgumentException("x"))))
                .isEqualTo(1);
    }

    private CommandRun train(String... arguments) {
        List<String> all = new ArrayList<>(List.of("train", pictures.toString()));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--output", output.toString()));
        return CommandRun.of(all.toArray());
    }
}
