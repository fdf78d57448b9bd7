package dev.iresnet.clip;

import dev.iresnet.model.ClipRule;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a job makes clips: what the model leaves open.
 *
 * @param stride see {@link ClipRules}; null for the model's
 * @param strideTime see {@link ClipRules}
 * @param step see {@link ClipRules}; null for the length of a clip
 * @param maxGap see {@link ClipRules}
 * @param missing see {@link ClipRules}
 * @param idle by which the record time of a camera's partition goes on after the camera's last
 *     frame before the camera is forgotten; zero for never
 * @param cameras that are expected; 0 if that is not said
 */
public record ClipOptions(
        @Nullable Integer stride,
        Duration strideTime,
        @Nullable Integer step,
        Duration maxGap,
        MissingFrames missing,
        Duration idle,
        int cameras)
        implements Serializable {

    /** The rules for a model. */
    public ClipRules rules(ClipRule model) {
        return new ClipRules(
                model.frames(),
                stride == null ? model.step() : stride,
                strideTime,
                step == null ? model.frames() : step,
                maxGap,
                missing);
    }
}
