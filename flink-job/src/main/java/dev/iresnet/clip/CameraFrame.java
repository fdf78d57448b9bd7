package dev.iresnet.clip;

import dev.iresnet.event.Frame;
import dev.iresnet.result.FrameCrop;

/** What goes from the decoders to where clips are made, in the order of its partition. */
public sealed interface CameraFrame {

    /** What it is distributed by: the camera's name, but for a {@link Tick}. */
    String key();

    /** When it was read. */
    PartitionTime at();

    /**
     * The record time of a partition: the latest timestamp of its records so far.
     *
     * @param partition topic and number
     * @param millis since the epoch
     */
    record PartitionTime(String partition, long millis) {}

    /** A frame's crop. */
    record Cropped(FrameCrop crop, PartitionTime at) implements CameraFrame {
        @Override
        public String key() {
            return crop.frame().cameraId();
        }
    }

    /** A frame that became a dead letter or was shed. */
    record Missing(Frame.Identity frame, PartitionTime at) implements CameraFrame {
        @Override
        public String key() {
            return frame.cameraId();
        }
    }

    /**
     * Tells a subtask of a partition's time: the cameras of a partition may all have gone from it.
     *
     * @param key leads to that subtask
     */
    record Tick(String key, PartitionTime at) implements CameraFrame {}
}
