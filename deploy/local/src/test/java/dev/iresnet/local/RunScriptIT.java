package dev.iresnet.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The command as it is typed, on what this build has made. */
@Timeout(300)
final class RunScriptIT {

    @Test
    void fiftyFramesAreEachLabelledOnce() throws Exception {
        // the script builds what is older than its sources, and Maven is at work here already
        Files.write(Path.of("target/built"), new byte[0]);

        Process run =
                new ProcessBuilder(List.of("./run", "--count", "50", "--rate", "25"))
                        .redirectErrorStream(true)
                        .start();
        run.getOutputStream().close();
        String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(run.waitFor()).as(said).isZero();
        assertThat(said)
                .doesNotContain("Building flink-iresnet")
                .contains("Every frame was labelled, once and in order.");
    }
}
