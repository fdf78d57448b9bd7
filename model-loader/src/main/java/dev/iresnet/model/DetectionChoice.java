package dev.iresnet.model;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a user wants of a detector's boxes otherwise than its {@code model.json} says. Each value is
 * as in {@link DetectionRule}; null leaves it to the model.
 */
public record DetectionChoice(
        @Nullable Float minScore, @Nullable Float iou, @Nullable Integer maxBoxes)
        implements Serializable {
    /** All as the model says. */
    public static final DetectionChoice NONE = new DetectionChoice(null, null, null);

    /**
     * The rule with these values in it.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public DetectionRule in(DetectionRule rule) {
        return new DetectionRule(
                minScore == null ? rule.minScore() : minScore,
                iou == null ? rule.iou() : iou,
                maxBoxes == null ? rule.maxBoxes() : maxBoxes,
                rule.candidates());
    }
}
