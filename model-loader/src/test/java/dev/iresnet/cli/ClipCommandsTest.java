package dev.iresnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.Sample;
import dev.iresnet.model.Task;
import dev.iresnet.model.card.ModelCard;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.loading.ModelLoader;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Temporal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands do with networks for clips. */
class ClipCommandsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    @TempDir private Path folder;

    private CommandRun imported(String checkpoint, String... more) throws IOException {
        Path file = folder.resolve(checkpoint + ".pth");
        try (InputStream in =
                new GZIPInputStream(Files.newInputStream(GOLDEN.resolve(checkpoint + ".pth.gz")))) {
            Files.write(file, in.readAllBytes());
        }
        List<Object> arguments = new ArrayList<>(List.of("import", file, "--output", model()));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray());
    }

    private Path model() {
        return folder.resolve("clips");
    }

    @Test
    void inflatesACheckpointOfPictures() throws IOException {
        CommandRun run = imported("iresnet18-w8", "--inflate", "4", "--input-size", "32");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("iresnet3d18").contains("--temporal-strides");
        ModelDirectory model = ModelDirectory.open(model());
        ModelCard card = model.card();
        assertThat(card.task()).isEqualTo(Task.VIDEO_CLASSIFICATION);
        assertThat(card.clip().orElseThrow().frames()).isEqualTo(4);
        // pictures are prepared as they were
        assertThat(card.preprocessing().mean()).isEqualTo(Preprocessing.IMAGENET.mean());
        Sample clip = Sample.noise(model.description(), 1).findFirst().orElseThrow();
        assertThat(clip.pixels().remaining()).isEqualTo(4 * 32 * 32 * 3);
        try (Model loaded = ModelLoader.load(model, new LoadOptions(2))) {
            assertThat(loaded.predict(List.of(clip, clip)))
                    .hasSize(2)
                    .allMatch(prediction -> prediction.isFinite())
                    .allMatch(prediction -> prediction.scores().classes() == 10);
        }
        CommandRun inspected = CommandRun.of("inspect", "--check", "--blocks", model());
        assertThat(inspected.exitCode()).as(inspected.err()).isZero();
        assertThat(inspected.out())
                .contains("multiply-accumulates a clip")
                .contains("4 frames of 32x32")
                .contains("strides [2, 2, 2, 2]")
                .contains("uint8 [?,?,?,?,3]")
                .contains("clips of noise")
                .contains("same best label 100.00%");
    }

    @Test
    void optionsForClipsAreRefusedForPictures() throws IOException {
        CommandRun frames = imported("iresnet18-w8", "--frames", "4");
        CommandRun both = imported("iresnet18-w8", "--inflate", "4", "--frames", "4");
        CommandRun strides =
                imported("iresnet18-w8", "--inflate", "4", "--temporal-strides", "1,2");
        CommandRun grouped = imported("iresgroup50-w8", "--inflate", "4");
        CommandRun none = imported("iresnet18-w8", "--inflate", "0");

        assertThat(List.of(frames, both, strides, grouped, none))
                .allMatch(run -> run.exitCode() == 2);
        assertThat(frames.err()).contains("iresnet18 takes pictures");
        assertThat(both.err()).contains("leave out --frames");
        assertThat(strides.err()).contains("4 numbers, one a stage, got [1, 2]");
        assertThat(grouped.err()).contains("iresgroup50 has no form for clips");
        assertThat(none.err()).contains("a clip must have 1..1024 frames, got 0");
        assertThat(Files.exists(model())).isFalse();
    }

    @Test
    void createsNetworksForClips() {
        CommandRun run =
                CommandRun.of(
                        "create",
                        "resnet3d18",
                        "--classes",
                        3,
                        "--frames",
                        8,
                        "--temporal-strides",
                        "1,1,2,2",
                        "--output",
                        model());

        assertThat(run.exitCode()).as(run.err()).isZero();
        ModelCard card = ModelDirectory.open(model()).card();
        Architecture network = card.network().orElseThrow().architecture();
        assertThat(network.name()).isEqualTo("resnet3d18");
        assertThat(network.backbone().temporal().map(Temporal::strides))
                .contains(List.of(1, 1, 2, 2));
        assertThat(card.clip().orElseThrow().frames()).isEqualTo(8);
        assertThat(card.preprocessing())
                .returns(112, Preprocessing::width)
                .returns(112, Preprocessing::resizeTo)
                .returns(List.of(.4345f, .4051f, .3775f), Preprocessing::mean);
        CommandRun predicted =
                CommandRun.of(
                        "predict", "--model", model(), Path.of("../deploy/local/demo/frames"));
        assertThat(predicted.exitCode()).isEqualTo(2);
        CommandRun trained =
                CommandRun.of("train", folder, "--from", model(), "--output", folder.resolve("t"));
        assertThat(trained.exitCode()).isNotZero();
    }
}
