package dev.iresnet.cli.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.cli.CommandRun;
import dev.iresnet.model.ClipRule;
import dev.iresnet.model.Task;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.training.MovingTextures;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Temporal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code iresnet train} on videos of a texture that moves to one side or to the other. */
class TrainClipsTest {
    private static final String SMALL =
            "--network iresnet3d18 --width 4 --input-size 16 --frames 6 --threads 2 ";

    @TempDir private Path folder;
    private Path videos = Path.of("");
    private Path output = Path.of("");

    @BeforeEach
    void draw() throws IOException {
        videos = folder.resolve("moving");
        output = folder.resolve("motion");
        MovingTextures.write(videos, 6, 1);
    }

    @Test
    void learnsVideosByHeartAndMeasuresAsEvaluateDoes() throws IOException {
        Path others = folder.resolve("others");
        MovingTextures.write(others, 5, 2);

        CommandRun run =
                train(
                        SMALL
                                + "--batch 12 --epochs 30 --learning-rate 0.05 --augment none"
                                + " --export last --validation "
                                + others);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("on 12 videos of 2 classes, 10 to measure with");
        ModelDirectory model = ModelDirectory.open(output);
        assertThat(model.card().task()).isEqualTo(Task.VIDEO_CLASSIFICATION);
        assertThat(model.card().clip()).contains(new ClipRule(6));
        assertThat(model.card().network().orElseThrow().architecture().backbone().stem().width())
                .isEqualTo(4);
        Map<String, String> told = model.card().source().orElseThrow().training();
        assertThat(told)
                .containsEntry("videos", "12")
                .containsEntry("validation-videos", "10")
                .containsEntry("frames", "6");
        List<String> log = Files.readAllLines(output.resolve("training/log.jsonl"));
        JsonNode last = new ObjectMapper().readTree(log.get(log.size() - 2));
        assertThat(last.get("loss").asDouble()).isLessThan(0.1);
        double accuracy = Double.parseDouble(told.getOrDefault("accuracy", "-1"));
        // videos of seven and eight frames have two clips
        CommandRun evaluated = CommandRun.of("evaluate", others, "--model", output, "--json");
        JsonNode report = new ObjectMapper().readTree(evaluated.out());
        assertThat(report.get("top1").asDouble()).isCloseTo(accuracy, within(1e-9));
    }

    @Test
    void goesOnToTheSameBytesFromAModelWithItsClips() throws IOException {
        String step = "--batch 4 --steps 5 --validation 0.3 --temporal-strides 1,1,2,2 ";
        assertThat(train(SMALL + step).exitCode()).isZero();
        String digest = ModelDirectory.open(output).digest();
        assertThat(train(SMALL + step).exitCode()).isZero();
        assertThat(ModelDirectory.open(output).digest()).isEqualTo(digest);

        CommandRun more = train("--from " + output + " --batch 4 --steps 1 --validation 0");

        assertThat(more.exitCode()).as(more.err()).isZero();
        assertThat(more.err()).doesNotContain("begins anew");
        ModelDirectory model = ModelDirectory.open(output);
        assertThat(model.card().clip()).contains(new ClipRule(6));
        Architecture network = model.card().network().orElseThrow().architecture();
        assertThat(network.backbone().temporal().map(Temporal::strides))
                .contains(List.of(1, 1, 2, 2));
        assertThat(model.card().source().orElseThrow().training())
                .containsEntry("augment", "unmirrored");
    }

    @Test
    void trainsTheHeadAloneOnTheMeanOfAVideosClips() throws IOException {
        assertThat(train(SMALL + "--batch 4 --steps 2").exitCode()).isZero();
        Path copy = folder.resolve("copy");

        CommandRun run =
                CommandRun.of(
                        "train",
                        videos,
                        "--from",
                        output,
                        "--freeze",
                        "backbone",
                        "--epochs",
                        3,
                        "--validation",
                        videos,
                        "--output",
                        copy);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("12 of 12 validation videos are equal to training videos");
    }

    @Test
    void leavesOutVideosThatCannotBeRead() throws IOException {
        Path broken = Files.createDirectories(videos.resolve("left/broken"));
        Files.writeString(broken.resolve("0.png"), "no picture");
        Files.writeString(videos.resolve("right/broken.gif"), "no picture");

        CommandRun run = train(SMALL + "--batch 4 --steps 1 --validation 0");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("left/broken: ").contains("right/broken.gif: ");
        assertThat(ModelDirectory.open(output).card().source().orElseThrow().training())
                .containsEntry("videos", "12");
    }

    @Test
    void takesTheVideosOfAListInItsOrder() throws IOException {
        Path order =
                Files.writeString(
                        folder.resolve("order.txt"),
                        "right/video1\nleft/video0\nright/video1\nleft/video2\n");

        CommandRun run = train(SMALL + "--batch 2 --order " + order);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(ModelDirectory.open(output).card().source().orElseThrow().training())
                .containsEntry("videos", "4")
                .containsEntry("steps", "2")
                .containsEntry("augment", "none");
        Files.writeString(order, "right/video1/0.png\n");
        assertThat(train(SMALL + "--order " + order).err())
                .contains("which is no video in one class of");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--network cifar-iresnet14 --frames 4|cifar-iresnet14 takes pictures",
                "--network iresnet3d18 --frames 0|a clip must have 1..1024 frames, got 0",
                "--network iresnet3d18 --temporal-strides 1|4 numbers, one a stage, got [1]",
                "--network iresnet3d18 --batch 100000|batch must be at most 3566 for 16 frames"
            })
    void refusesWhatDoesNotFitTogether(String arguments, String told) {
        CommandRun run = train(arguments);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().replaceAll("\\s+", " ").replace("iresnet: ", "")).contains(told);
        assertThat(output.resolve("1")).doesNotExist();
    }

    @Test
    void refusesDirectoriesWhoseClassesAreNoVideos() throws IOException {
        Files.copy(videos.resolve("left/video0/0.png"), videos.resolve("left/0.png"));
        assertThat(train(SMALL).err())
                .contains("left holds pictures itself: a class holds a directory of frames");
        Files.delete(videos.resolve("left/0.png"));
        Files.createDirectories(videos.resolve("nothing"));
        assertThat(train(SMALL).err()).contains("nothing is a class without videos");
    }

    @Test
    void doesNotTakeWeightsForPicturesAsTheyAre() {
        Path flat = folder.resolve("flat");
        assertThat(CommandRun.of("create", "iresnet18", "--output", flat).exitCode()).isZero();
        assertThat(train("--network iresnet3d18 --from " + flat).err())
                .contains("make a network for clips of it with 'iresnet import --inflate'");
    }

    private CommandRun train(String arguments) {
        List<String> all = new ArrayList<>(List.of("train", videos.toString()));
        all.addAll(List.of(arguments.strip().split(" ")));
        all.addAll(List.of("--output", output.toString()));
        return CommandRun.of(all.toArray());
    }
}
