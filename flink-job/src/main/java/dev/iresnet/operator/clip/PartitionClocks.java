package dev.iresnet.operator.clip;

import dev.iresnet.clip.CameraFrame.PartitionTime;
import dev.iresnet.event.RawRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The record time of each partition: the latest timestamp of its records so far. */
final class PartitionClocks {
    private final Map<String, Long> clocks = new HashMap<>();

    /** What other subtasks have read before the start, until it is read here. */
    private final Map<String, Long> restored = new HashMap<>();

    /** When the last tick was, by partition. */
    private final Map<String, Long> ticks = new HashMap<>();

    /** Takes a record's timestamp, milliseconds. */
    PartitionTime read(RawRecord.Position source, long timestamp) {
        String partition = source.topic() + "-" + source.partition();
        Long before = restored.remove(partition);
        long read = before == null ? timestamp : Math.max(before, timestamp);
        return new PartitionTime(partition, clocks.merge(partition, read, Math::max));
    }

    /** Whether a partition has gone on by so much since this was last true, or the first time. */
    boolean ticks(PartitionTime now, long millis) {
        Long last = ticks.putIfAbsent(now.partition(), now.millis());
        if (last == null || now.millis() - last < millis) {
            return false;
        }
        ticks.put(now.partition(), now.millis());
        return true;
    }

    /** Takes what another subtask knew: whoever knew more of a partition had it last. */
    void restore(Iterable<PartitionTime> times) {
        times.forEach(time -> restored.merge(time.partition(), time.millis(), Math::max));
    }

    /**
     * What a subtask has to keep: of the partitions that are read here, and a share of the others,
     * of which it does not know whether they are read elsewhere.
     */
    List<PartitionTime> times(int subtask, int subtasks) {
        return Stream.concat(
                        clocks.entrySet().stream(),
                        restored.entrySet().stream()
                                .filter(
                                        clock ->
                                                Math.floorMod(clock.getKey().hashCode(), subtasks)
                                                        == subtask))
                .map(clock -> new PartitionTime(clock.getKey(), clock.getValue()))
                .toList();
    }
}
