package dev.iresnet.local.trial;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.proving.verify.Quantiles;
import dev.iresnet.proving.verify.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SummaryTest {

    private static final Verdict GOOD =
            verdict(2000, 2000, 0, 0, 0, 0, 0.9345, new Quantiles(12, 30, 44));

    @TempDir private Path directory;

    @Test
    void isAllAccountedForWhenEachFrameWasAnsweredOnceAndInOrder() {
        assertThat(summary(GOOD).allAccountedFor()).isTrue();
        assertThat(counts(2000, 1998, 2, 0, 0, 0).allAccountedFor()).isTrue();
    }

    @Test
    void isNotWhenAnyFrameIsLostDoubledReorderedOrUncounted() {
        assertThat(counts(2000, 1999, 0, 1, 0, 0).allAccountedFor()).isFalse();
        assertThat(counts(2000, 2000, 0, 0, 1, 0).allAccountedFor()).isFalse();
        assertThat(counts(2000, 2000, 0, 0, 0, 1).allAccountedFor()).isFalse();
        assertThat(counts(2000, 1999, 0, 0, 0, 0).allAccountedFor()).isFalse();
    }

    @Test
    void textTellsCountsAccuracyAndBothLatencies() {
        assertThat(summary(GOOD).text())
                .contains("2,000 frames in: 2,000 labelled, 0 dead-lettered, 0 lost, 0 doubled")
                .contains("accuracy         93.45 %")
                .contains("p50 12  p95 30  p99 44 ms")
                .contains("Every frame was labelled, once and in order.");
        assertThat(counts(10, 9, 0, 1, 0, 0).text())
                .contains("accuracy         unknown")
                .contains("mean batch       unknown")
                .contains("lost             frame-7")
                .contains("NOT every frame is accounted for.");
    }

    @Test
    void jsonHasTheContractsNames() throws IOException {
        Path file = directory.resolve("out.json");
        summary(GOOD).writeJson(file);

        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.fieldNames())
                .toIterable()
                .contains(
                        "events",
                        "labeled",
                        "deadLettered",
                        "lost",
                        "duplicated",
                        "reordered",
                        "accuracy",
                        "meanBatchSize",
                        "throughputPerSecond",
                        "latencyMillis",
                        "visibleLatencyMillis",
                        "versions");
        assertThat(json.at("/accuracy").doubleValue()).isEqualTo(0.9345);
        assertThat(json.at("/visibleLatencyMillis/p95").doubleValue()).isEqualTo(30);
        assertThat(json.at("/versions/flink").textValue()).isEqualTo("2.3.0");
    }

    @Test
    void jsonSaysNullOfWhatIsNotKnown() {
        JsonNode json = counts(1, 1, 0, 0, 0, 0).json();

        assertThat(json.get("accuracy").isNull()).isTrue();
        assertThat(json.get("meanBatchSize").isNull()).isTrue();
    }

    private static Summary summary(Verdict verdict) {
        return new Summary(verdict, OptionalDouble.of(1.5), Map.of("flink", "2.3.0"));
    }

    private static Summary counts(
            long events, long labeled, long dead, long lost, long duplicated, long reordered) {
        return new Summary(
                verdict(events, labeled, dead, lost, duplicated, reordered, null, null),
                OptionalDouble.empty(),
                Map.of());
    }

    private static Verdict verdict(
            long events,
            long labeled,
            long dead,
            long lost,
            long duplicated,
            long reordered,
            @Nullable Double accuracy,
            @Nullable Quantiles latency) {
        return new Verdict(
                events,
                labeled,
                0,
                dead,
                dead == 0 ? Map.of() : Map.of("IMAGE_CORRUPT", dead),
                lost,
                duplicated,
                reordered,
                0,
                0,
                0,
                0,
                null,
                accuracy,
                null,
                99.96,
                latency,
                latency,
                List.of(),
                lost == 0 ? Map.of() : Map.of("lost", List.of("frame-7")));
    }
}
