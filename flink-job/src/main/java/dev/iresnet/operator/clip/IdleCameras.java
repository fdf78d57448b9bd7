package dev.iresnet.operator.clip;

import dev.iresnet.clip.CameraFrame.PartitionTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cameras of a subtask by the partition of their last frames, the longest silent ones first. An
 * index of what is in state, made anew at each start.
 */
final class IdleCameras {
    private final Map<String, LinkedHashMap<String, Long>> partitions = new HashMap<>();
    private int size;

    /**
     * A camera's frame has been read. A partition's times never go back.
     *
     * @param before when its last one was read; null if it is not known
     */
    void seen(String camera, @Nullable PartitionTime before, PartitionTime now) {
        if (before != null) {
            forget(camera, before);
        }
        partitions
                .computeIfAbsent(now.partition(), any -> new LinkedHashMap<>())
                .put(camera, now.millis());
        size++;
    }

    void forget(String camera, PartitionTime seen) {
        LinkedHashMap<String, Long> cameras = partitions.get(seen.partition());
        if (cameras != null && cameras.remove(camera) != null) {
            size--;
            if (cameras.isEmpty()) {
                partitions.remove(seen.partition());
            }
        }
    }

    /** A camera that has been silent for more than so many milliseconds; null if there is none. */
    @Nullable String silent(PartitionTime now, long idle) {
        LinkedHashMap<String, Long> cameras = partitions.get(now.partition());
        if (cameras == null) {
            return null;
        }
        Map.Entry<String, Long> longest = cameras.entrySet().iterator().next();
        return now.millis() - longest.getValue() > idle ? longest.getKey() : null;
    }

    int size() {
        return size;
    }
}
