package dev.iresnet.operator;

import static dev.iresnet.operator.OperatorHarness.open;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.event.RawRecord;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@SuppressWarnings("try") // the harness may be interrupted while it closes
class InferenceOperatorBytesTest {
    private final ManualClient client = new ManualClient();

    @Test
    void holdsNoMoreBytesThanItsLimitAndNoLess() throws Exception {
        assertThat(mostAtOnce(new InFlightLimit(100, 3_000), 1_000)).isEqualTo(3);
    }

    @Test
    void aByteMoreIsAFrameLess() throws Exception {
        assertThat(mostAtOnce(new InFlightLimit(100, 2_999), 1_000)).isEqualTo(2);
    }

    @Test
    void aFrameThatIsLargerThanTheLimitGoesAlone() throws Exception {
        assertThat(mostAtOnce(new InFlightLimit(100, 500), 1_000)).isEqualTo(1);
    }

    /** All frames are answered in the end, in their order, with nothing left at the barrier. */
    private int mostAtOnce(InFlightLimit limit, int frameBytes) throws Exception {
        int frames = 40;
        int expected = (int) Math.max(1, limit.bytes() / frameBytes);
        try (var harness = open(client, limit)) {
            CompletableFuture<Integer> most = client.labelling(frames, expected);
            for (int i = 0; i < frames; i++) {
                harness.processElement(frame(i, frameBytes), i);
            }
            harness.prepareSnapshotPreBarrier(1);
            assertThat(harness.extractOutputValues())
                    .extracting(result -> result.source().offset())
                    .containsExactlyElementsOf(LongStream.range(0, frames).boxed().toList());
            assertThat(harness.snapshot(1, 1).hasState()).isFalse();
            return most.get();
        }
    }

    private static RawRecord frame(int number, int bytes) {
        byte[] key = "%04d".formatted(number).getBytes(UTF_8);
        return new RawRecord(
                "image-events", 0, number, 0, key, new byte[bytes - key.length], List.of());
    }
}
