package dev.iresnet.operator;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FramesInFlightTest {
    private static final int MIB = 1 << 20;
    private static final FramesInFlight FRAMES = new FramesInFlight(127L * MIB, MIB, 0);

    @Test
    void takesWhatFitsExactly() {
        // 4 x 128 MiB are 0.75 of the heap
        long heap = 4L * 128 * MIB * 4 / 3 + 1;
        assertThatCode(() -> FRAMES.mustFit(4, heap)).doesNotThrowAnyException();
        assertThatThrownBy(() -> FRAMES.mustFit(4, heap - 8)).isInstanceOf(TaggingException.class);
    }

    @Test
    void saysTheSumAndWhatToChange() {
        assertThatThrownBy(() -> FRAMES.mustFit(4, 512L * MIB))
                .isInstanceOf(TaggingException.class)
                .hasMessage(
                        "4 slots x (133169152 bytes of frames (input.max-in-flight-bytes) + the"
                                + " next one of 1048576 bytes (max.message.bytes of the input"
                                + " topics)) may take 512 MiB of heap, and there is room for 384,"
                                + " which is 0.75 of the heap: lower input.max-in-flight-bytes,"
                                + " max.message.bytes or taskmanager.numberOfTaskSlots, or raise"
                                + " taskmanager.memory.task.heap.size by 171 MiB");
    }

    @Test
    void aRecordThatIsLargerThanTheLimitGoesAloneAndCountsWhole() {
        FramesInFlight small = new FramesInFlight(1, 8 * MIB, 0);
        assertThatCode(() -> small.mustFit(3, 64L * MIB)).doesNotThrowAnyException();
        assertThatThrownBy(() -> small.mustFit(4, 64L * MIB)).isInstanceOf(TaggingException.class);
    }

    @Test
    void picturesThatAreFetchedCountOnceForAllSlots() {
        FramesInFlight fetching = new FramesInFlight(127L * MIB, MIB, 64L * MIB);
        assertThatCode(() -> fetching.mustFit(4, 768L * MIB + 4)).doesNotThrowAnyException();
        assertThatThrownBy(() -> fetching.mustFit(4, 767L * MIB))
                .isInstanceOf(TaggingException.class)
                .hasMessageContaining("+ 64 MiB (references.max-memory) may take 576 MiB of heap")
                .hasMessageContaining("max.message.bytes, references.max-memory or");
    }

    @Test
    void theLargestOfEverythingDoesNotOverflow() {
        FramesInFlight huge = new FramesInFlight(1L << 40, Integer.MAX_VALUE, 1L << 40);
        assertThatThrownBy(() -> huge.mustFit(1_024, Long.MAX_VALUE / 16_384))
                .isInstanceOf(TaggingException.class);
    }
}
