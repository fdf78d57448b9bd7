package dev.iresnet.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.ClipRule;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.Sample;
import dev.iresnet.model.Task;
import dev.iresnet.model.card.ModelCard;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.loading.ModelLoader;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Temporal;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;
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
    }

    /** A video of six frames, one of two, and a GIF. */
    private Path videos() throws IOException {
        Path videos = folder.resolve("videos");
        for (int i = 1; i <= 6; i++) {
            write(videos.resolve("class 1/walk/frame" + i + ".png"), i);
        }
        write(videos.resolve("class 2/run/a.png"), 7);
        write(videos.resolve("class 2/run/b.png"), 8);
        Files.copy(
                Path.of("src/test/resources/dev/iresnet/video/8.gif"),
                videos.resolve("class 2/jump.gif"));
        return videos;
    }

    private static void write(Path file, int seed) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        BufferedImage image = new BufferedImage(40, 36, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(seed);
        for (int i = 0; i < 40 * 36; i++) {
            image.setRGB(i % 40, i / 40, random.nextInt());
        }
        ImageIO.write(image, "png", file.toFile());
    }

    private static byte[] values(Path npy) throws IOException {
        byte[] bytes = Files.readAllBytes(npy);
        return Arrays.copyOfRange(bytes, 128, bytes.length);
    }

    @Test
    void whatIsSaidOfAVideoIsTheMeanOverItsClips() throws IOException {
        imported("iresnet18-w8", "--inflate", "4", "--input-size", "32", "--resize", "32");
        Path seen = folder.resolve("seen");

        CommandRun shown =
                CommandRun.of("preprocess", "--model", model(), "--output", seen, videos());
        CommandRun told =
                CommandRun.of(
                        "predict",
                        "--json",
                        "-k",
                        10,
                        "--model",
                        model(),
                        folder.resolve("videos"));

        assertThat(shown.exitCode()).as(shown.err()).isZero();
        byte[] walk = values(seen.resolve("class 1/walk.npy"));
        int frame = 32 * 32 * 3;
        assertThat(walk).hasSize(2 * 4 * frame);
        // the second clip has two frames, which are repeated
        assertThat(Arrays.copyOfRange(walk, 6 * frame, 8 * frame))
                .isEqualTo(Arrays.copyOfRange(walk, 4 * frame, 6 * frame));
        assertThat(Files.readString(seen.resolve("class 1/walk.npy"), ISO_8859_1))
                .contains("'shape': (2, 4, 32, 32, 3)");
        assertThat(ImageIO.read(seen.resolve("class 1/walk.png").toFile()).getHeight())
                .isEqualTo(4 * 32);

        assertThat(told.exitCode()).as(told.err()).isZero();
        JsonNode first = new ObjectMapper().readTree(told.lines().get(0));
        assertThat(told.lines()).hasSize(3);
        assertThat(first.get("file").asText()).endsWith("class 1/walk");
        float[] mean = new float[10];
        ModelDirectory model = ModelDirectory.open(model());
        try (Model loaded = ModelLoader.load(model, new LoadOptions(2))) {
            for (int clip = 0; clip < 2; clip++) {
                ByteBuffer pixels = ByteBuffer.allocateDirect(4 * frame);
                pixels.put(walk, clip * 4 * frame, 4 * frame).flip();
                Sample sample = Sample.whole(pixels, model.card().preprocessing());
                for (int i = 0; i < 10; i++) {
                    mean[i] += loaded.predict(List.of(sample)).get(0).scores().at(i) / 2;
                }
            }
        }
        for (JsonNode label : first.get("labels")) {
            assertThat(label.get("score").floatValue())
                    .isCloseTo(mean[label.get("index").asInt()], within(1e-6f));
        }
    }

    @Test
    void evaluatesVideosByTheirDirectories() throws IOException {
        imported("iresnet18-w8", "--inflate", "4", "--input-size", "32");
        Path broken = videos().resolve("class 1/broken.gif");
        Files.writeString(broken, "GIF89a");

        CommandRun run =
                CommandRun.of("evaluate", "--json", "--model", model(), folder.resolve("videos"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("class 1/broken.gif");
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(report.get("count").asInt()).isEqualTo(3);
        assertThat(report.get("failed").asInt()).isEqualTo(1);
    }

    @Test
    void saysWhichClipsOfAVideoItTakes() throws IOException {
        CommandRun run =
                imported("iresnet18-w8", "--inflate", "8", "--clips", "3", "--frame-rate", "12.5");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(ModelDirectory.open(model()).card().clip())
                .contains(new ClipRule(8, 1, Optional.of(3), Optional.of(12.5f)));
        assertThat(CommandRun.of("inspect", model()).out())
                .contains("3 spread over a video, 8 frames, every one, at 12.5 frames a second");
        assertThat(CommandRun.of("predict", "--model", model(), folder).err())
                .contains("takes clips, from directories of frames");
    }
}
