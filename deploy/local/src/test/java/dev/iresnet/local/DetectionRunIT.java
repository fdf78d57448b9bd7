package dev.iresnet.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole run with a detector. */
final class DetectionRunIT {

    @TempDir private Path directory;

    @Test
    void cellsAreFoundInEachFrameOnce() throws IOException {
        LocalRunner run = new LocalRunner(directory);

        JsonNode summary = run.summaryOf("--demo=detection --count=12 --rate=4");

        assertThat(summary.get("labeled").intValue()).isEqualTo(12);
        assertThat(summary.get("objects").intValue()).isGreaterThan(12);
        assertThat(run.screen()).contains("Model   bccd-ssd300-iresnet18, version 1, 3 labels");
    }
}
