package dev.iresnet.serving;

import java.io.Serializable;

/**
 * How scores become a result.
 *
 * @param topK labels a result, 1 or more; a network of fewer classes gives as many as it has
 * @param minConfidence best scores below it make a result LOW_CONFIDENCE; 0..1
 */
public record Labeling(int topK, float minConfidence) implements Serializable {
    public Labeling {
        if (topK < 1) {
            throw new IllegalArgumentException("top-k must be 1 or more, got " + topK);
        }
        if (!(minConfidence >= 0 && minConfidence <= 1)) {
            throw new IllegalArgumentException(
                    "the confidence threshold must be 0..1, got " + minConfidence);
        }
    }
}
