package dev.iresnet.cli.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.cli.CommandRun;
import dev.iresnet.training.TestPictures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of the command whose figures are known from elsewhere. */
class RepeatableTrainingTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path GOLDEN = Path.of("src/test/resources/golden-training");
    private static final Path DEMO = Path.of("../deploy/local/demo/models/cifar10-iresnet20");

    @TempDir private Path folder;
    private Path pictures = Path.of("");
    private Path order = Path.of("");
    private Path output = Path.of("");

    @BeforeEach
    void unpack() throws IOException {
        TestPictures.unpack(folder);
        pictures = folder.resolve("train");
        order = folder.resolve("order.txt");
        output = folder.resolve("mine");
    }

    /** In the order of a list, from given weights: the losses that PyTorch has, in float64. */
    @Test
    void hasPyTorchsLosses() throws IOException {
        JsonNode golden = MAPPER.readTree(GOLDEN.resolve("iresnet14-basic.json").toFile());
        Path first = folder.resolve("initial.pth");
        try (InputStream packed =
                new GZIPInputStream(
                        Files.newInputStream(GOLDEN.resolve("iresnet14-basic.initial.pth.gz")))) {
            Files.copy(packed, first);
        }
        List<String> listed = new ArrayList<>();
        golden.get("pictures")
                .forEach(file -> listed.add(folder.resolve(file.asText()).toString()));
        Files.write(order, listed);

        List<Double> losses =
                losses(
                        "--from",
                        first,
                        "--relu",
                        "paper",
                        "--order",
                        order,
                        "--batch",
                        golden.get("batch"),
                        "--learning-rate",
                        golden.get("learningRate").get(0),
                        "--weight-decay",
                        golden.at("/optimizer/weightDecay"),
                        "--mean",
                        numbers(golden.get("mean")),
                        "--std",
                        numbers(golden.get("std")));

        assertThat(losses).hasSize(golden.get("steps").asInt());
        for (int step = 0; step < losses.size(); step++) {
            double wanted = golden.get("losses").get(step).asDouble();
            double bound =
                    step == 0 ? 1e-5 : Math.max(1e-3, 10 * golden.get("lossError32").asDouble());
            assertThat(losses.get(step)).isCloseTo(wanted, within(bound * wanted));
        }
    }

    /** A frozen backbone: losses are those of the served models, and fall as the gradient says. */
    @Test
    void trainsTheHeadAloneOnTheFeaturesOfTheServedNetwork() throws IOException {
        try (Stream<Path> files = Files.walk(pictures)) {
            Files.write(
                    order,
                    files.filter(Files::isRegularFile).map(Path::toString).sorted().toList());
        }
        Object[] arguments = {
            "--from",
            DEMO,
            "--freeze",
            "backbone",
            "--order",
            order,
            "--batch",
            128,
            "--learning-rate",
            1e-4,
            "--epochs"
        };
        List<Double> two = losses(Stream.concat(Stream.of(arguments), Stream.of(2)).toArray());
        double norm = log().get(0).get("gradientNorm").asDouble();
        assertThat(losses(Stream.concat(Stream.of(arguments), Stream.of(1)).toArray()))
                .containsExactly(two.get(0));

        assertThat(two.get(0)).isCloseTo(servedLoss(DEMO), within(1e-5));
        assertThat(two.get(1)).isCloseTo(servedLoss(output), within(1e-5));
        double foretold = 1e-4 * norm * norm;
        assertThat(two.get(0) - two.get(1)).isCloseTo(foretold, within(0.05 * foretold));
    }

    /** Mean cross entropy by {@code iresnet predict}. */
    private double servedLoss(Path model) throws IOException {
        CommandRun run =
                CommandRun.of("predict", pictures, "--model", model, "--top-k", 10, "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        double loss = 0;
        for (String line : run.lines()) {
            JsonNode answer = MAPPER.readTree(line);
            Path file = Path.of(answer.get("file").asText());
            String wanted = file.getName(file.getNameCount() - 2).toString();
            for (JsonNode label : answer.get("labels")) {
                if (label.get("name").asText().equals(wanted)) {
                    loss -= Math.log(label.get("score").asDouble());
                }
            }
        }
        return loss / run.lines().size();
    }

    private List<Double> losses(Object... arguments) throws IOException {
        List<Object> all = new ArrayList<>(List.of("train", pictures, "--output", output));
        all.addAll(List.of(arguments));
        CommandRun run = CommandRun.of(all.toArray());
        assertThat(run.exitCode()).as(run.err()).isZero();
        return log().stream().map(line -> line.get("loss").asDouble()).toList();
    }

    /** Lines of steps. */
    private List<JsonNode> log() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(output.resolve("training/log.jsonl"))) {
            JsonNode node = MAPPER.readTree(line);
            if (node.has("step")) {
                lines.add(node);
            }
        }
        return lines;
    }

    private static String numbers(JsonNode list) {
        List<String> numbers = new ArrayList<>();
        list.forEach(number -> numbers.add(number.asText()));
        return String.join(",", numbers);
    }
}
