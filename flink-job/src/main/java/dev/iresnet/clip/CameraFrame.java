package dev.iresnet.clip;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.iresnet.event.Frame;
import dev.iresnet.file.Sha256;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.result.FrameCrop;
import java.util.List;

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

    /**
     * How crops are made. Task managers may serve different versions of a model, and crops of which
     * the digests differ must not meet.
     *
     * @param version of the model that they are made for
     * @param digest of what the preprocessing does to pixels, 64 lower-case hex digits
     */
    record Made(long version, String digest) {
        /** As this model needs them. */
        public static Made by(ModelDescription model) {
            Preprocessing crops = model.preprocessing();
            List<Object> parts =
                    List.of(
                            crops.width(),
                            crops.height(),
                            crops.resize().name(),
                            crops.resizeTo(),
                            crops.resizeToWidth(),
                            crops.interpolation().name());
            return new Made(model.version(), Sha256.of(parts.toString().getBytes(UTF_8)));
        }
    }

    /** A frame's crop. */
    record Cropped(FrameCrop crop, Made made, PartitionTime at) implements CameraFrame {
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
