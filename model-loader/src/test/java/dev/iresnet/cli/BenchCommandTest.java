package dev.iresnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.tensorflow.TensorFlowProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The numbers themselves are the machine's; these tests hold to what must be so on any. */
class BenchCommandTest {
    @TempDir private Path models;

    @Test
    void measuresEachBatchInAProcessOfItsOwn() throws IOException {
        TestModels.export(models.resolve("compass"));
        CommandRun run =
                CommandRun.of(
                        "bench",
                        "--json",
                        "-m",
                        models.resolve("compass"),
                        "--batch",
                        "1,4",
                        "--threads",
                        1,
                        "--seconds",
                        0.05,
                        "--latency-bound",
                        600_000);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.lines()).hasSize(2);
        int recommended = 0;
        for (int i = 0; i < 2; i++) {
            JsonNode line = new ObjectMapper().readTree(run.lines().get(i));
            assertThat(line.path("precision").asText()).isEqualTo("float32");
            assertThat(line.path("batch").asInt()).isEqualTo(i == 0 ? 1 : 4);
            assertThat(line.path("threads").asInt()).isEqualTo(1);
            assertThat(line.path("imagesPerSecond").asDouble()).isPositive();
            assertThat(line.path("ms").asDouble())
                    .isPositive()
                    .isLessThanOrEqualTo(line.path("p95Ms").asDouble());
            assertThat(line.path("shareOfPeak").asDouble()).isBetween(0.0, 1.0);
            recommended += line.path("recommended").asBoolean() ? 1 : 0;
        }
        assertThat(recommended).isEqualTo(1);
    }

    @Test
    void takesANetworkByNameAndPrintsATable() throws IOException {
        CommandRun run =
                CommandRun.of(
                        "bench",
                        "cifar-resnet20",
                        "--batch",
                        2,
                        "--threads",
                        1,
                        "--seconds",
                        0.05,
                        "--latency-bound",
                        0.001);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.lines().get(0)).startsWith("cifar-resnet20, version 1: ");
        assertThat(run.lines().get(1)).contains("THREADS  PRECISION  BATCH");
        assertThat(run.lines().get(2)).matches(" +1  float32 +2  .*");
        assertThat(run.lines().get(3)).startsWith("peak of 1 thread, float32: ");
        assertThat(run.lines().get(4)).startsWith("within 0.0 ms: none of these");
    }

    @Test
    void refusesWrongUsageAndBrokenModels() throws IOException {
        Path model = TestModels.export(models.resolve("compass")).path();
        CommandRun both = CommandRun.of("bench", "iresnet50", "-m", model);
        assertThat(both.exitCode()).isEqualTo(2);
        assertThat(both.err()).contains("not both");

        assertThat(CommandRun.of("bench", "-m", model, "--batch", 0).err())
                .contains("a batch must be 1..4096, got 0");
        assertThat(CommandRun.of("bench", "alexnet8").err()).contains("the families are");

        Files.write(model.resolve("saved_model.pb"), new byte[1], StandardOpenOption.APPEND);
        CommandRun broken = CommandRun.of("bench", "-m", model);
        assertThat(broken.exitCode()).isEqualTo(2);
        assertThat(broken.err()).contains("saved_model.pb differs from its sum");
    }

    @Test
    void refusesAPrecisionThatThisMachineHasNoKernelsFor() {
        assumeThat(TensorFlowProcess.device()).startsWith("CPU");
        TestModels.export(models.resolve("compass"));
        CommandRun run =
                CommandRun.of("bench", "-m", models.resolve("compass"), "--precision", "float16");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("float16 does not run on this machine: it needs a GPU");
    }
}
