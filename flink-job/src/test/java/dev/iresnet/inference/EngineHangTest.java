package dev.iresnet.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.Condition;
import dev.iresnet.engine.DirectMemory;
import dev.iresnet.engine.FakeModel;
import dev.iresnet.engine.Host;
import dev.iresnet.model.ModelException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A device that does not answer. */
@Timeout(60)
final class EngineHangTest {
    private final BlockingQueue<String> halts = new LinkedBlockingQueue<>();
    private final Host host =
            new Host(Rig.CLOCKS, Duration.ofMillis(1), halts::add, DirectMemory::now);

    @Test
    void haltsTheProcessAndSaysWhatHangs() throws Exception {
        FakeModel model = FakeModel.gated();
        try (Rig rig = new Rig(model, impatient(), host)) {
            var unused = rig.submit(Pictures.record(1));

            assertThat(report())
                    .startsWith("A batch of 1 frames hangs on the device since " + Rig.NOW)
                    .contains("model fake version 7, thread iresnet-device-0")
                    .contains("exit code 86")
                    .contains("raise device.hang-timeout")
                    .contains("dev.iresnet.engine.FakeModel.predict")
                    .contains("\"iresnet-decoder-1\" WAITING");
        }
    }

    @Test
    void watchesOnWhenTheEngineIsClosedUnderAHangingBatch() throws Exception {
        FakeModel model = FakeModel.gated();
        try (Rig rig = new Rig(model, impatient(), host)) {
            var unused = rig.submit(Pictures.record(1));
            Condition.await("batch on the device", model::isHolding);
            rig.frames.close();

            assertThat(report()).contains("A batch of 1 frames hangs");
        }
    }

    @Test
    void theWatchdogLeavesWithItsEngine() throws Exception {
        Rig rig = new Rig(FakeModel.open(), impatient(), host);
        Rig.labeled(rig.submit(Pictures.record(1)));
        Thread watchdog =
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("iresnet-watchdog"))
                        .findAny()
                        .orElseThrow();

        rig.close();
        watchdog.join(TimeUnit.SECONDS.toMillis(30));

        assertThat(watchdog.isAlive()).isFalse();
    }

    @Test
    void haltsTheProcessAfterAnErrorThatLeavesTheDeviceUnusable() throws Exception {
        FakeModel model = FakeModel.open();
        try (Rig rig = new Rig(model, Rig.options(4), host)) {
            model.failWith(
                    new ModelException(
                            "fake version 7 failed at a batch of 1",
                            new IllegalStateException(
                                    "failed to query event: CUDA_ERROR_ILLEGAL_ADDRESS: an illegal"
                                            + " memory access was encountered")));
            var unused = rig.submit(Pictures.record(1));

            assertThat(report())
                    .startsWith("The device cannot be used by this process any more")
                    .contains("CUDA_ERROR_ILLEGAL_ADDRESS")
                    .contains("exit code 86")
                    .contains("Model fake version 7");
        }
    }

    @Test
    void doesNotHaltTheProcessAfterOtherFailures() {
        FakeModel model = FakeModel.open();
        try (Rig rig = new Rig(model, Rig.options(4), host)) {
            model.failWith(new ModelException("CUDA_ERROR_OUT_OF_MEMORY: out of memory"));
            assertThatThrownBy(() -> Rig.outcome(rig.submit(Pictures.record(1))))
                    .hasMessageContaining("OUT_OF_MEMORY");
        }
        assertThat(halts).isEmpty();
    }

    @Test
    void aRealProcessEndsWithTheCodeAndTheReport(@TempDir Path directory) throws Exception {
        Path output = directory.resolve("output");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Hanging.class.getName())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("the process's end").isTrue();

            assertThat(process.exitValue()).isEqualTo(86);
            assertThat(output).content().contains("A batch of 1 frames hangs on the device");
        } finally {
            process.destroyForcibly();
        }
    }

    /** A process whose device hangs, and whose shutdown would, too. */
    static final class Hanging {
        private Hanging() {}

        public static void main(String[] arguments) throws Exception {
            Runtime.getRuntime().addShutdownHook(new Thread(LockSupport::park));
            InferencePipeline engine =
                    InferencePipeline.start(
                            new Stages(
                                    Pictures.READER,
                                    new Pictures.ObedientCropper(),
                                    FakeModel.gated()),
                            impatient());
            engine.submit(Pictures.record(1)).get();
        }
    }

    private static PipelineOptions impatient() {
        return Rig.options(4, Duration.ofMillis(200), Duration.ZERO, false);
    }

    private String report() throws InterruptedException {
        @Nullable String report = halts.poll(30, TimeUnit.SECONDS);
        assertThat(report).as("the process's halt").isNotNull();
        return String.valueOf(report);
    }
}
