package dev.iresnet.operator.clip;

import static dev.iresnet.operator.clip.CameraFrames.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.clip.Clip;
import dev.iresnet.clip.ClipFrame;
import dev.iresnet.event.Frame;
import dev.iresnet.event.RawRecord;
import dev.iresnet.operator.ElementTypes;
import dev.iresnet.operator.FramesInFlight;
import dev.iresnet.operator.InFlightLimit;
import dev.iresnet.operator.ManualClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is under way is bounded by the time that the device takes for it, and by its bytes. */
@Timeout(60)
@SuppressWarnings("try") // the harness may be interrupted while it closes
class ClipsInFlightTest {
    private static final int STEP = 3;

    private final ManualClient client = new ManualClient();
    private long bytes = Long.MAX_VALUE;

    ClipsInFlightTest() {
        client.model = CameraFrames.MODEL;
    }

    @Test
    void noMoreClipsAreUnderWayThanAreLabelledInAQuarterOfTheCheckpointTimeout() throws Exception {
        client.clipsASecond = 2;
        assertThat(mostClips(10)).isEqualTo(10);
    }

    @Test
    void ofADeviceThatIsNotKnownAClipGoesAlone() throws Exception {
        assertThat(mostClips(1)).isEqualTo(1);
    }

    @Test
    void cropsCountByTheClipsThatTheyMake() throws Exception {
        client.clipsASecond = 2;
        assertThat(mostCrops(10 * STEP)).isEqualTo(10 * STEP);
    }

    @Test
    void beforeTheFirstClipNoCropWaits() throws Exception {
        assertThat(mostCrops(50)).isEqualTo(50);
    }

    @Test
    void aRecordCountsWithItsCrop() throws Exception {
        bytes = 10L * (record(0).memory() + CameraFrames.CROPS.cropBytes());
        assertThat(mostCrops(10)).isEqualTo(10);
    }

    private ClipOperators operators() {
        return new ClipOperators(
                context -> client,
                new InFlightLimit(100, bytes, Duration.ofSeconds(10)),
                new FramesInFlight(1 << 20, 1 << 20, 0, true),
                CameraFrames.options(STEP, Duration.ofSeconds(1), Duration.ofMinutes(1)));
    }

    private int mostClips(int expected) throws Exception {
        return most(
                operators().inference(),
                ElementTypes.FRAME_RESULT.createSerializer(new SerializerConfigImpl()),
                number ->
                        new Clip(
                                new Frame.Identity("event", "gate", number, START),
                                record(number),
                                List.of(new ClipFrame(number, START, new byte[1]))),
                expected);
    }

    private int mostCrops(int expected) throws Exception {
        return most(
                operators().cropping(),
                new ClipTypes.CameraFrames(),
                ClipsInFlightTest::record,
                expected);
    }

    private <I, O> int most(
            OneInputStreamOperatorFactory<I, O> factory,
            TypeSerializer<O> serializer,
            IntFunction<I> input,
            int expected)
            throws Exception {
        int all = 50;
        try (var harness = new OneInputStreamOperatorTestHarness<>(factory, 128, 1, 0)) {
            harness.setup(serializer);
            harness.open();
            CompletableFuture<Integer> most = client.labelling(all, expected);
            for (int i = 0; i < all; i++) {
                harness.processElement(new StreamRecord<>(input.apply(i), i));
            }
            harness.prepareSnapshotPreBarrier(1);
            return most.get();
        }
    }

    private static RawRecord record(int number) {
        return new RawRecord("frames", 0, number, 0, "gate".getBytes(UTF_8), null, List.of());
    }
}
