package dev.iresnet.operator;

import static dev.iresnet.operator.Frames.frame;
import static dev.iresnet.operator.OperatorHarness.open;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Frames in flight are bounded by the time that decoding them takes. */
@Timeout(60)
@SuppressWarnings("try") // Flink's harness may throw anything on close
class InferenceOperatorDecodingTest {
    private static final InFlightLimit FIVE_SECONDS =
            new InFlightLimit(100, Long.MAX_VALUE, Duration.ofSeconds(5));

    private final ManualClient client = new ManualClient();

    @Test
    void noMoreAreUnderWayThanAreDecodedInTime() throws Exception {
        client.mostWork = 10;
        client.workASecond = 6;
        assertThat(mostAtOnce(3)).isEqualTo(3);
    }

    @Test
    void aPictureThatTakesLongerThanThatGoesAlone() throws Exception {
        client.mostWork = 10;
        client.workASecond = 0;
        assertThat(mostAtOnce(1)).isEqualTo(1);
    }

    @Test
    void whatIsDecodedLetsOthersInBeforeItIsAnswered() throws Exception {
        client.mostWork = 10;
        client.workASecond = 4;
        try (var harness = open(client, FIVE_SECONDS)) {
            CompletableFuture<Void> decoder =
                    CompletableFuture.runAsync(
                            () -> {
                                for (int i = 0; i < 20; i++) {
                                    client.awaitSubmitted(i + 1);
                                    client.listener(i).decodingLeft(3);
                                    client.listener(i).decodingLeft(0);
                                }
                            });
            for (int i = 0; i < 20; i++) {
                harness.processElement(frame(i), i);
            }
            decoder.get();
            for (int i = 0; i < 20; i++) {
                client.label(i);
            }
            harness.prepareSnapshotPreBarrier(1);
            assertThat(harness.extractOutputValues()).hasSize(20);
        }
    }

    /**
     * All frames are answered in the end.
     *
     * @param expected as many as are waited for before one is answered
     */
    private int mostAtOnce(int expected) throws Exception {
        int frames = 40;
        try (var harness = open(client, FIVE_SECONDS)) {
            CompletableFuture<Integer> most = client.labelling(frames, expected);
            for (int i = 0; i < frames; i++) {
                harness.processElement(frame(i), i);
            }
            harness.prepareSnapshotPreBarrier(1);
            assertThat(harness.extractOutputValues()).hasSize(frames);
            return most.get();
        }
    }
}
