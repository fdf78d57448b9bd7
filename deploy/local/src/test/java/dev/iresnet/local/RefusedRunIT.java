package dev.iresnet.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.iresnet.tensorflow.TensorFlowProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs that cannot start, and what is said about it. */
final class RefusedRunIT {

    @TempDir private Path directory;

    @Test
    void saysWhichPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            LocalRunner run = new LocalRunner(directory);

            assertThat(run.run("--no-wall --port=" + taken.getLocalPort()))
                    .isEqualTo(LocalRun.REFUSED);
            assertThat(run.screen())
                    .contains("port " + taken.getLocalPort() + " of 127.0.0.1: it is in use");
            assertThat(run.screen()).doesNotContain("Wall");
        }
    }

    @Test
    void saysThatTheWallsPortIsTakenAndHowToDoWithout() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            LocalRunner run = new LocalRunner(directory);

            assertThat(run.run("--wall-port=" + taken.getLocalPort())).isEqualTo(LocalRun.REFUSED);
            assertThat(run.screen())
                    .contains("wall cannot listen on port " + taken.getLocalPort(), "--no-wall");
        }
    }

    @Test
    void doesNotFallBackToTheCpuWhereAGpuWasAskedFor() {
        assumeThat(TensorFlowProcess.device()).startsWith("CPU");
        LocalRunner run = new LocalRunner(directory);

        assertThat(run.run("--no-wall --set=device.kind=gpu")).isEqualTo(LocalRun.REFUSED);
        assertThat(run.screen())
                .contains("device.kind is gpu, and TensorFlow computes on CPU:0")
                .contains("gpu-or-cpu");
    }

    @ParameterizedTest
    @CsvSource({
        "--demo=video --count=100, --count must be a multiple of 64",
        "--frames=/nowhere, /nowhere is not a directory of pictures",
        "--frames=EMPTY, no pictures in",
        "--model=/nowhere, --model: /nowhere is not a directory",
        "--model=EMPTY, neither a saved_model.pb nor a version",
        "--json=/nowhere/out.json, --json: there is no directory /nowhere",
        "--manifest=EMPTY, is a directory",
        "--set=batch.max-size=0, batch.max-size",
        "--set=batch.max-sise=8, batch.max-sise",
        "--set=batch.max-size, KEY=VALUE",
        "--rate=fast, --rate",
        "--guarantee=twice, --guarantee",
        "--bootstrap-servers=127.0.0.1:1, No Kafka broker answers at 127.0.0.1:1",
    })
    void saysInASentenceWhatIsInTheWay(String argument, String sentence) throws IOException {
        Path empty = Files.createDirectory(directory.resolve("empty"));
        LocalRunner run = new LocalRunner(directory);

        assertThat(run.run(argument.replace("EMPTY", empty.toString())))
                .isEqualTo(LocalRun.REFUSED);
        assertThat(run.screen()).contains(sentence).doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
    }
}
