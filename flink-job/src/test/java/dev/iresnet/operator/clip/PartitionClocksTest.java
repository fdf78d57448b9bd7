package dev.iresnet.operator.clip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.clip.CameraFrame.PartitionTime;
import dev.iresnet.event.RawRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartitionClocksTest {
    private static final int SUBTASKS = 4;
    private static final int PARTITIONS = 100;

    /** Whichever subtasks have read since. */
    @Test
    void togetherSubtasksKeepAllTimesAndLittleMore() {
        List<PartitionTime> kept =
                IntStream.range(0, PARTITIONS)
                        .mapToObj(partition -> new PartitionTime("frames-" + partition, 100))
                        .toList();
        for (int run = 0; run < 3; run++) {
            List<PartitionTime> next = new ArrayList<>();
            for (int subtask = 0; subtask < SUBTASKS; subtask++) {
                PartitionClocks clocks = new PartitionClocks();
                clocks.restore(kept);
                for (int partition = subtask; partition < PARTITIONS / 2; partition += SUBTASKS) {
                    clocks.read(new RawRecord.Position("frames", partition, 0), 101 + run);
                }
                next.addAll(clocks.times(subtask, SUBTASKS));
            }
            assertThat(next.size()).isBetween(PARTITIONS, 3 * PARTITIONS / 2);
            kept = next;
        }
        PartitionClocks clocks = new PartitionClocks();
        clocks.restore(kept);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            long time = clocks.read(new RawRecord.Position("frames", partition, 0), 0).millis();
            assertThat(time).isEqualTo(partition < PARTITIONS / 2 ? 103 : 100);
        }
    }
}
