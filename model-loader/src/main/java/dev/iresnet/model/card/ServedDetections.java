package dev.iresnet.model.card;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Outputs of a detector that others wrote. Either it chooses boxes itself, each with its score and
 * its class, or it gives a score of each class for each box.
 *
 * @param boxes output of [N,boxes,4]
 * @param format of the boxes
 * @param scores output of [N,boxes], or of [N,boxes,firstClass + labels] where it does not choose
 * @param kind of the scores
 * @param firstClass the network's number of the first label, 0..{@value #LAST_CLASS}; lower numbers
 *     are the background
 * @param chosen of a network that chooses itself
 */
public record ServedDetections(
        String boxes,
        BoxFormat format,
        String scores,
        ServedSignature.Kind kind,
        int firstClass,
        Optional<Chosen> chosen)
        implements ServedSignature.Output {
    /** Highest number that a class can have. */
    public static final int LAST_CLASS = 65_535;

    public ServedDetections {
        if (firstClass < 0 || firstClass > LAST_CLASS) {
            throw new IllegalArgumentException(
                    "the number of the first class must be 0..%d, got %d"
                            .formatted(LAST_CLASS, firstClass));
        }
    }

    /**
     * What else there is of boxes that the network chose.
     *
     * @param classes output of [N,boxes], the number of each box's class
     * @param count output of [N]: so many of a picture's boxes count, the first
     */
    public record Chosen(String classes, String count) {}

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>(List.of(boxes, scores));
        chosen.ifPresent(more -> names.addAll(List.of(more.classes(), more.count())));
        return names;
    }
}
