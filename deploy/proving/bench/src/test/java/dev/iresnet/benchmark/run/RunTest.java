package dev.iresnet.benchmark.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iresnet.benchmark.experiment.Bench;
import dev.iresnet.benchmark.experiment.Conditions;
import dev.iresnet.benchmark.experiment.Experiment;
import dev.iresnet.benchmark.experiment.Findings;
import dev.iresnet.benchmark.experiment.OnGpu;
import dev.iresnet.benchmark.stat.Figure;
import dev.iresnet.benchmark.stat.Sample;
import dev.iresnet.chaos.process.RunDirectory;
import dev.iresnet.model.Precision;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {
    private static final Figure FLOAT32 = Figure.MODEL_SHARE_OF_PEAK_FLOAT32;
    private static final Figure BFLOAT16 = Figure.MODEL_SHARE_OF_PEAK_BFLOAT16;
    private static final Figure LATER = Figure.JOB_VS_STAGE_LIMIT;
    private static final String LACK = "bfloat16 needs AVX-512";

    @TempDir private Path directory;

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final List<JsonNode> written = new ArrayList<>();

    /** What an experiment does. */
    @FunctionalInterface
    private interface Work {
        void on(Findings findings) throws IOException;
    }

    private record Trial(List<Figure> figures, Optional<Precision> onCpu, Work work)
            implements Experiment {
        @Override
        public void run(Bench bench, Findings findings) throws IOException {
            work.on(findings);
        }
    }

    private static Experiment measuring(Figure figure) {
        return new Trial(List.of(figure), Optional.empty(), findings -> measure(figure, findings));
    }

    private static Experiment in(Precision precision, Figure... figures) {
        return new Trial(
                List.of(figures),
                Optional.of(precision),
                findings -> {
                    throw new AssertionError("started on a CPU that lacks it");
                });
    }

    private static void measure(Figure figure, Findings findings) {
        findings.measured(figure, new Sample(List.of(0.95)), Findings.details());
    }

    private JsonNode run(Experiment... experiments) {
        Run run =
                new Run(
                        Conditions.QUICK,
                        new RunDirectory(directory),
                        new Bench.Files(directory, directory, directory),
                        false,
                        new PrintStream(screen, true, UTF_8),
                        precision ->
                                precision == Precision.FLOAT32
                                        ? Optional.empty()
                                        : Optional.of(LACK));
        Instant time = Instant.EPOCH;
        Machine machine = new Machine("a processor", 2, 1024, "17", 0.1);
        ReportJson report = new ReportJson("bench", machine, Conditions.QUICK, time);
        Findings findings =
                run.measure(
                        new Selection(Arrays.asList(experiments)),
                        soFar -> written.add(report.soFar(soFar, time)));
        return report.report(findings, time);
    }

    private static JsonNode ratio(JsonNode report, Figure figure) {
        return report.path("ratios").path(figure.title());
    }

    @Test
    void aPrecisionThatTheCpuLacksIsSaidAndTheRunGoesOn() {
        JsonNode report =
                run(measuring(FLOAT32), in(Precision.BFLOAT16, BFLOAT16), measuring(LATER));

        assertThat(ratio(report, BFLOAT16).path("verdict").asText()).isEqualTo("NOT_ON_THIS_CPU");
        assertThat(ratio(report, BFLOAT16).path("reason").asText()).isEqualTo(LACK);
        assertThat(screen.toString(UTF_8)).contains("not on this CPU: " + LACK);
        assertThat(ratio(report, FLOAT32).path("median").asDouble()).isEqualTo(0.95);
        assertThat(ratio(report, LATER).path("median").asDouble()).isEqualTo(0.95);
        assertThat(report.path("holds").asBoolean()).isTrue();
    }

    @Test
    void theReportSoFarIsWrittenAfterEachExperiment() {
        JsonNode report = run(measuring(FLOAT32), measuring(LATER));

        assertThat(written).hasSize(2);
        assertThat(ratio(written.get(0), FLOAT32).path("verdict").asText()).isEqualTo("PASS");
        assertThat(ratio(written.get(0), LATER).path("verdict").asText()).isEqualTo("NOT_MEASURED");
        assertThat(written)
                .allSatisfy(
                        soFar -> {
                            assertThat(soFar.path("complete").asBoolean(true)).isFalse();
                            assertThat(soFar.path("holds").asBoolean(true)).isFalse();
                        });
        assertThat(report.path("complete").asBoolean()).isTrue();
    }

    @Test
    void anExperimentThatFailsLeavesTheFiguresOfTheOthersAndItsOwn() {
        Experiment failing =
                new Trial(
                        List.of(BFLOAT16, LATER),
                        Optional.empty(),
                        findings -> {
                            measure(LATER, findings);
                            throw new IOException("the worker has ended with status 134");
                        });

        JsonNode report = run(measuring(FLOAT32), failing);

        assertThat(ratio(report, FLOAT32).path("verdict").asText()).isEqualTo("PASS");
        assertThat(ratio(report, LATER).path("verdict").asText()).isEqualTo("PASS");
        assertThat(ratio(report, BFLOAT16).path("verdict").asText()).isEqualTo("NOT_MEASURED");
        assertThat(ratio(report, BFLOAT16).path("reason").asText()).contains("status 134");
    }

    @Test
    void anExperimentWithoutPublishedFiguresIsInTheReportByItsName() {
        JsonNode report = run(in(Precision.FLOAT16));

        JsonNode figure = report.path("figures").path("Trial");
        assertThat(figure.path("verdict").asText()).isEqualTo("NOT_ON_THIS_CPU");
        assertThat(figure.path("reason").asText()).isEqualTo(LACK);
        assertThat(new OnGpu(Precision.FLOAT16).name()).isEqualTo("engineVsSessionOnGpu");
    }
}
