package dev.iresnet.cli.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class InterruptionTest {

    /** Closes one when the process has begun to end. */
    static final class Ending {
        public static void main(String[] arguments) {
            Interruption interruption = new Interruption();
            Runtime.getRuntime()
                    .addShutdownHook(
                            new Thread(
                                    () -> {
                                        interruption.close();
                                        System.out.print("closed");
                                    }));
            System.exit(0);
        }
    }

    @Test
    void closesWhileTheProcessEnds() throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Ending.class.getName())
                        .redirectErrorStream(true)
                        .start();

        assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).isEqualTo("closed");
        assertThat(process.waitFor()).isZero();
    }
}
