package dev.iresnet.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole run with a network for clips. */
final class ClipsRunIT {

    @TempDir private Path directory;

    @Test
    void clipsGetTheCamerasMotion() throws IOException {
        LocalRunner run = new LocalRunner(directory);

        JsonNode summary = run.summaryOf("--demo=video --count=288 --cameras=2 --rate=40");

        assertThat(summary.get("labeled").intValue()).isEqualTo(288);
        assertThat(summary.get("accuracy").doubleValue()).isGreaterThan(0.7);
        assertThat(run.screen()).contains("Model   motions-iresnet3d18, version 1, 9 labels");
    }
}
