package dev.iresnet.proving.verify;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a run went. Members that nothing is known of are null.
 *
 * @param events entries of the manifest
 * @param labeled of these, answered by a result of status LABELED or LOW_CONFIDENCE
 * @param stale of these, answered by a result of status STALE
 * @param deadLettered of these, answered by a dead letter
 * @param deadLetteredByCode the same by code
 * @param lost of these, without an answer
 * @param duplicated answers beyond a frame's first
 * @param reordered frames whose first result came after that of a later frame of their camera
 * @param unknown frames that were answered and are in no manifest
 * @param unreadable records of either topic that name no frame
 * @param wrong of these, answered otherwise than the reference says, where it is sure, or with
 *     boxes that cannot be
 * @param compared answers that were held against the reference
 * @param objects that a detector has found in them; null without one
 * @param accuracy share of labelled frames with a truth whose best label is that; null without any
 * @param meanBatchSize frames in a batch, over batches
 * @param throughputPerSecond results a second, from the first to the last result's send
 * @param latencyMillis from capture to the result's send
 * @param visibleLatencyMillis from capture to a read-committed consumer's poll
 * @param models that the results name
 * @param examples of what went wrong, a few of each kind
 */
public record Verdict(
        long events,
        long labeled,
        long stale,
        long deadLettered,
        Map<String, Long> deadLetteredByCode,
        long lost,
        long duplicated,
        long reordered,
        long unknown,
        long unreadable,
        long wrong,
        long compared,
        @Nullable Long objects,
        @Nullable Double accuracy,
        @Nullable Double meanBatchSize,
        @Nullable Double throughputPerSecond,
        @Nullable Quantiles latencyMillis,
        @Nullable Quantiles visibleLatencyMillis,
        List<Model> models,
        Map<String, List<String>> examples) {

    /** What a verdict adds to its components, such as that it is faultless, follows from them. */
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** Whether each frame was answered once, in order and not wrongly, and nothing else was. */
    public boolean isFaultless() {
        return lost + duplicated + reordered + unknown + unreadable + wrong == 0;
    }

    /**
     * As a verifier wrote it.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Verdict of(JsonNode json) {
        return JSON.convertValue(json, Verdict.class);
    }
}
