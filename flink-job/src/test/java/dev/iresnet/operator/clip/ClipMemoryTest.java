package dev.iresnet.operator.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.clip.CameraClips.Seen;
import dev.iresnet.clip.ClipOptions;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.operator.FramesInFlight;
import dev.iresnet.operator.ManualClient;
import dev.iresnet.operator.TaggingException;
import java.time.Duration;
import java.util.UUID;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("try") // the harness may be interrupted while it closes
class ClipMemoryTest {
    private static final long MIB = 1 << 20;

    /**
     * Clips that overlap by all but a frame: once it is complete, a camera always has a whole one.
     */
    private static final ClipOptions FULL =
            CameraFrames.options(1, Duration.ofSeconds(1), Duration.ofMinutes(1));

    /**
     * What is compared with the heap is more than what a checkpoint holds, and not much more: by
     * the objects around a frame, which tell most where crops are small and clips short.
     *
     * @param share of what is computed, that a checkpoint holds at least
     * @param heap that a camera has taken, by what full collections left of 16,000 frames and of as
     *     many more; measured once, with pointers of 4 bytes
     */
    @ParameterizedTest
    @CsvSource({
        "112, 16, 0.99, 604488",
        "64, 8, 0.97, 99678",
        "32, 16, 0.93, 51535",
        "32, 2, 0.86, 6966"
    })
    void theBytesOfACameraAreThoseOfItsStateWhenItIsFull(
            int side, int length, double share, long heap) throws Exception {
        // as many as the harness takes into a checkpoint, which is 5 MB
        int cameras = 8;
        double serialised =
                (double) (snapshot(side, length, cameras) - snapshot(side, length, 0)) / cameras;
        long computed = ClipMemory.ofCamera(length, 3 * side * side);
        assertThat(serialised).isBetween(share * computed, (double) computed);
        assertThat(heap).isBetween((long) serialised, computed);
    }

    /** Bytes of a checkpoint. */
    private static long snapshot(int side, int length, int cameras) throws Exception {
        ManualClient client = new ManualClient();
        ModelDescription model = CameraFrames.model(side, length);
        client.model = model;
        try (ClipSubtasks subtasks =
                ClipSubtasks.start(1, ClipSubtasks.operators(client, FULL), null, 0)) {
            for (int number = 0; number < 2 * length; number++) {
                for (int camera = 0; camera < cameras; camera++) {
                    Seen seen =
                            new Seen(
                                    new UUID(camera, number).toString(),
                                    number,
                                    CameraFrames.START.plusMillis(100L * number));
                    subtasks.send(
                            CameraFrames.cropped(
                                    new UUID(0, camera).toString(),
                                    seen,
                                    CameraFrames.at(seen),
                                    new byte[3 * side * side],
                                    model));
                }
            }
            assertThat(subtasks.metric("cameras")).isEqualTo(cameras);
            return subtasks.snapshot(1).getManagedKeyedState().stream()
                    .mapToLong(KeyedStateHandle::getStateSize)
                    .sum();
        }
    }

    @Test
    void whatFitsIsAccepted() {
        assertThatCode(() -> ClipMemory.mustFit(100, 2, 4, MIB, 50 * MIB))
                .doesNotThrowAnyException();
        assertThatCode(() -> ClipMemory.mustFit(0, 2, 4, MIB, -1)).doesNotThrowAnyException();
    }

    @Test
    void tooManyCamerasAreRefusedWithTheSum() {
        assertThatThrownBy(() -> ClipMemory.mustFit(101, 2, 4, MIB, 50 * MIB))
                .isInstanceOf(TaggingException.class)
                .hasMessage(
                        "clip.cameras 101 are 51 for a task manager of 2 of 4 slots, and the state"
                                + " of each takes up to 1048576 bytes: 51 MiB, and its heap has room"
                                + " for 50 MiB beside frames in flight. Raise"
                                + " taskmanager.memory.task.heap.size by 2 MiB, take more task"
                                + " managers, or keep the state on disk (state.backend.type:"
                                + " rocksdb)");
    }

    @Test
    void clipsInFlightCountBesideFrames() {
        FramesInFlight frames = new FramesInFlight(64 * MIB, (int) MIB, 0);
        FramesInFlight clips = new FramesInFlight(64 * MIB, (int) MIB, 0, true);
        assertThat(frames.room(2, 1_000 * MIB) - clips.room(2, 1_000 * MIB)).isEqualTo(128 * MIB);
    }
}
