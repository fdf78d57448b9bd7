package dev.iresnet.operator.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.operator.FramesInFlight;
import dev.iresnet.operator.TaggingException;
import org.junit.jupiter.api.Test;

class ClipMemoryTest {
    private static final long MIB = 1 << 20;

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
