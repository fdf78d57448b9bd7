package dev.iresnet.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iresnet.proving.manifest.ManifestEntry;
import dev.iresnet.proving.manifest.ManifestTail;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs of the command, in this process; the verifier has its own as always. */
final class LocalRunIT {

    /** Of the 500 bundled frames; see demo/README.md. */
    private static final double REFERENCE_ACCURACY = 0.914;

    @TempDir private Path directory;

    @Test
    void everyBundledFrameIsLabelledOnceInOrderAndAsTheReferenceDoes() throws IOException {
        Path manifest = directory.resolve("manifest.jsonl");
        LocalRunner run = new LocalRunner(directory);

        JsonNode summary = run.summaryOf("--count=500 --rate=200 --manifest=" + manifest);

        assertThat(summary.get("events").intValue()).isEqualTo(500);
        assertThat(summary.get("accuracy").doubleValue())
                .isCloseTo(REFERENCE_ACCURACY, within(0.003));
        assertThat(summary.get("meanBatchSize").doubleValue()).isGreaterThanOrEqualTo(1);
        assertThat(summary.at("/latencyMillis/p50").doubleValue()).isPositive();
        assertThat(summary.at("/versions/flink").textValue()).startsWith("2.");
        assertThat(ManifestTail.readAll(manifest))
                .extracting(ManifestEntry::file)
                .doesNotHaveDuplicates()
                .hasSize(500);
        assertThat(run.screen())
                .contains("labelled 500  dead-lettered 0", "Wall    http://127.0.0.1:");
    }

    @Test
    void photographsGetTheLabelsOfWhatIsOnThem() throws IOException {
        LocalRunner run = new LocalRunner(directory);

        JsonNode summary = run.summaryOf("--demo=photos --count=8 --rate=4");

        assertThat(summary.get("labeled").intValue()).isEqualTo(8);
        assertThat(run.screen())
                .contains("Model   photos-efficientnet-lite0, version 1, 1000 labels");
    }
}
