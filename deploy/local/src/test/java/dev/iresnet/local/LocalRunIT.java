package dev.iresnet.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.proving.manifest.ManifestEntry;
import dev.iresnet.proving.manifest.ManifestTail;
import dev.iresnet.tensorflow.TensorFlowProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole runs of the command, in this process; the verifier has its own as always. */
final class LocalRunIT {

    /** Of the 500 bundled frames; see demo/README.md. */
    private static final double REFERENCE_ACCURACY = 0.914;

    @TempDir private Path directory;

    @Test
    void everyBundledFrameIsLabelledOnceInOrderAndAsTheReferenceDoes() throws IOException {
        Path json = directory.resolve("out.json");
        Path manifest = directory.resolve("manifest.jsonl");
        LocalRunner run = new LocalRunner(directory);

        int status =
                run.run("--count=500 --rate=200 --json=%s --manifest=%s".formatted(json, manifest));

        assertThat(status).as(run.screen()).isEqualTo(LocalRun.GOOD);
        JsonNode summary = new ObjectMapper().readTree(json.toFile());
        assertThat(summary.get("events").intValue()).isEqualTo(500);
        assertThat(summary.get("labeled").intValue()).isEqualTo(500);
        for (String fault : List.of("deadLettered", "lost", "duplicated", "reordered", "unknown")) {
            assertThat(summary.get(fault).intValue()).as(fault).isZero();
        }
        assertThat(summary.get("accuracy").doubleValue())
                .isCloseTo(REFERENCE_ACCURACY, within(0.003));
        assertThat(summary.get("meanBatchSize").doubleValue()).isGreaterThanOrEqualTo(1);
        assertThat(summary.at("/latencyMillis/p50").doubleValue()).isPositive();
        assertThat(summary.at("/versions/flink").textValue()).startsWith("2.");
        assertThat(ManifestTail.readAll(manifest))
                .extracting(ManifestEntry::file)
                .doesNotHaveDuplicates()
                .hasSize(500);
        assertThat(run.out()).contains("Every frame was labelled, once and in order.");
        assertThat(run.screen())
                .contains("labelled 500  dead-lettered 0", "Wall    http://127.0.0.1:");
    }

    @Test
    void photographsGetTheLabelsOfWhatIsOnThem() throws IOException {
        Path json = directory.resolve("out.json");
        LocalRunner run = new LocalRunner(directory);

        int status = run.run("--demo=photos --count=8 --rate=4 --json=%s".formatted(json));

        assertThat(status).as(run.screen()).isEqualTo(LocalRun.GOOD);
        JsonNode summary = new ObjectMapper().readTree(json.toFile());
        assertThat(summary.get("labeled").intValue()).isEqualTo(8);
        assertThat(run.screen())
                .contains("Model   photos-efficientnet-lite0, version 1, 1000 labels");
    }

    @Test
    void cellsAreFoundInEachFrameOnce() throws IOException {
        Path json = directory.resolve("out.json");
        LocalRunner run = new LocalRunner(directory);

        int status = run.run("--demo=detection --count=12 --rate=4 --json=%s".formatted(json));

        assertThat(status).as(run.screen()).isEqualTo(LocalRun.GOOD);
        JsonNode summary = new ObjectMapper().readTree(json.toFile());
        assertThat(summary.get("labeled").intValue()).isEqualTo(12);
        assertThat(summary.get("objects").intValue()).isGreaterThan(12);
        for (String fault : List.of("lost", "duplicated", "reordered", "unknown", "wrong")) {
            assertThat(summary.get(fault).intValue()).as(fault).isZero();
        }
        assertThat(run.screen()).contains("Model   bccd-ssd300-iresnet18, version 1, 3 labels");
        assertThat(run.out()).contains("Every frame was labelled, once and in order.");
    }

    @Test
    void clipsGetTheCamerasMotion() throws IOException {
        Path json = directory.resolve("out.json");
        LocalRunner run = new LocalRunner(directory);

        int status =
                run.run("--demo=video --count=288 --cameras=2 --rate=40 --json=%s".formatted(json));

        assertThat(status).as(run.screen() + run.out()).isEqualTo(LocalRun.GOOD);
        JsonNode summary = new ObjectMapper().readTree(json.toFile());
        assertThat(summary.get("labeled").intValue()).isEqualTo(288);
        assertThat(summary.get("accuracy").doubleValue()).isGreaterThan(0.7);
        assertThat(run.screen()).contains("Model   motions-iresnet3d18, version 1, 9 labels");
        assertThat(run.out()).contains("Every frame was labelled, once and in order.");
    }

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
