package dev.iresnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.iresnet.cli.option.ExitCode;
import dev.iresnet.tensorflow.TensorFlowProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command in processes that see this CPU as an older one. */
class OlderCpuIT {
    private static final Path DEMO = Path.of("../deploy/local/demo");
    private static final String MODEL = DEMO.resolve("models/cifar10-iresnet20").toString();
    private static final String SHIP = DEMO.resolve("frames/ship/0000.jpg").toString();

    @TempDir Path directory;

    @BeforeEach
    void onTheCpu() {
        assumeThat(TensorFlowProcess.device()).startsWith("CPU");
    }

    @ParameterizedTest
    @CsvSource({
        "TF_ENABLE_ONEDNN_OPTS, 0, 'it needs oneDNN, which TensorFlow has switched off'",
        "ONEDNN_MAX_CPU_ISA, AVX2, 'it needs AVX-512'",
        "DNNL_MAX_CPU_ISA, SSE41, 'it needs AVX-512'"
    })
    void bfloat16IsRefusedInASentenceAndNoSignal(String variable, String value, String reason)
            throws Exception {
        CommandRun run =
                run(
                        Map.of(variable, value),
                        "predict",
                        "-m",
                        MODEL,
                        "--precision",
                        "bfloat16",
                        SHIP);

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err())
                .contains("iresnet: bfloat16 does not run on this machine: ")
                .contains("Use float32 (--precision, model.precision)");
        // a CPU without AVX-512 says so first
        assertThat(run.err()).containsAnyOf(reason, "it needs AVX-512, which this CPU");
    }

    @ParameterizedTest
    @CsvSource({
        "cifar-resgroup20, TF_ENABLE_ONEDNN_OPTS, 0, 'oneDNN off, kernels fused in part'",
        "cifar-iresnet20, ONEDNN_MAX_CPU_ISA, SSE41, 'oneDNN on (SSE41), kernels fused'"
    })
    void aNetworkIsServedAsItWasWritten(
            String network, String variable, String value, String kernels) throws Exception {
        String model = directory.resolve("m").toString();
        assertThat(CommandRun.of("create", network, "--output", model).exitCode()).isZero();

        Map<String, String> environment = new HashMap<>(Map.of("TF_ENABLE_ONEDNN_OPTS", "1"));
        environment.put(variable, value);
        CommandRun run = run(environment, "inspect", "--check", "--blocks", model);

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).contains("same best label 100.00%").contains(kernels);
    }

    @Test
    void benchGoesOnBehindWhatTheCpuCannotDo() throws Exception {
        CommandRun run =
                run(
                        Map.of("ONEDNN_MAX_CPU_ISA", "AVX2"),
                        "bench",
                        "-m",
                        MODEL,
                        "--precision",
                        "bfloat16,float32",
                        "--batch",
                        "1",
                        "--threads",
                        "1",
                        "--seconds",
                        "0.2");

        // a disturbed peak fails the run, and says so
        assumeThat(run.err()).doesNotContain("Run it again on an idle machine");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(run.out())
                .containsPattern("bfloat16 +not on this CPU")
                .containsPattern("float32 +1 +[0-9]");
    }

    private CommandRun run(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Iresnet.class.getName()));
        command.addAll(List.of(arguments));
        Path out = directory.resolve("out.txt");
        Path err = directory.resolve("err.txt");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        return new CommandRun(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
