package dev.iresnet.chaos.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JvmProcessTest {

    @TempDir Path directory;

    /** Runs for ever. */
    public static final class Sleeper {
        private Sleeper() {}

        public static void main(String[] arguments) throws InterruptedException {
            Thread.currentThread().join();
        }
    }

    @Test
    void aKilledProcessTellsOfItsSignal() {
        JvmProcess process = start();

        assertThat(process.isAlive()).isTrue();
        assertThat(process.kill()).isEqualTo(JvmProcess.KILLED);
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void aStoppedProcessIsSeenToBeStoppedAndGoesOn() {
        try (JvmProcess process = start()) {
            assertThat(process.pause().isStopped()).isTrue();
            assertThat(process.resume().isStopped()).isFalse();
            assertThat(process.isAlive()).isTrue();
        }
    }

    @Test
    void aStoppedProcessCanBeClosed() {
        JvmProcess process = start();
        process.pause();

        process.close();

        assertThat(process.awaitEnd()).isNotZero();
    }

    private JvmProcess start() {
        return JvmProcess.start(
                new JvmCommand(
                        "sleeper",
                        Sleeper.class.getName(),
                        System.getProperty("java.class.path"),
                        List.of("-Xmx32m", "-XX:+UseSerialGC"),
                        List.of(),
                        Map.of()),
                directory.resolve("sleeper.log"));
    }
}
