package dev.iresnet.model;

/**
 * Which of a detector's boxes are told. Part of the model, see {@code model.json}; a user may
 * change it.
 *
 * @param minScore boxes of this score or less are left out, 0 to below 1
 * @param iou of two boxes of one class that overlap by this much or more (intersection over union,
 *     above 0) the better is kept; 1 keeps all
 * @param maxBoxes the best of a picture, 1..{@value #MOST}
 * @param candidates the best of a class that are compared with each other, 1..{@value #MOST}
 */
public record DetectionRule(float minScore, float iou, int maxBoxes, int candidates) {
    /** Most boxes that a picture can have. */
    public static final int MOST = 10_000;

    /** Of NVIDIA's SSD300. */
    public static final DetectionRule SSD300 = new DetectionRule(0.05f, 0.5f, 200, 200);

    /** Of a detector that suppresses boxes itself: all of a picture's, down to the same score. */
    public static final DetectionRule SUPPRESSED = new DetectionRule(0.05f, 1, 200, MOST);

    public DetectionRule {
        if (!(minScore >= 0 && minScore < 1)) {
            throw new IllegalArgumentException(
                    "the least score of a box must be 0 to below 1, got " + minScore);
        }
        if (!(iou > 0 && iou <= 1)) {
            throw new IllegalArgumentException(
                    "the overlap (IoU) of two boxes must be above 0 and at most 1, got " + iou);
        }
        range("boxes of a picture", maxBoxes);
        range("compared boxes of a class", candidates);
    }

    private static void range(String what, int value) {
        if (value < 1 || value > MOST) {
            throw new IllegalArgumentException(
                    "the most %s must be 1..%d, got %d".formatted(what, MOST, value));
        }
    }
}
