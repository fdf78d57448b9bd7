package dev.iresnet.operator.clip;

import dev.iresnet.clip.CameraFrame.PartitionTime;
import dev.iresnet.event.RawRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The record time of each partition: the latest timestamp of its records so far. */
final class PartitionClocks {
    private final Map<String, Long> clocks = new HashMap<>();

    /** When the last tick was, by partition. */
    private final Map<String, Long> ticks = new HashMap<>();

    /** Takes a record's timestamp, milliseconds. */
    PartitionTime read(RawRecord.Position source, long timestamp) {
        String partition = source.topic() + "-" + source.partition();
        return new PartitionTime(partition, clocks.merge(partition, timestamp, Math::max));
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
        times.forEach(time -> clocks.merge(time.partition(), time.millis(), Math::max));
    }

    List<PartitionTime> times() {
        return clocks.entrySet().stream()
                .map(clock -> new PartitionTime(clock.getKey(), clock.getValue()))
                .toList();
    }
}
