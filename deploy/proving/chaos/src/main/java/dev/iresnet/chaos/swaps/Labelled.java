package dev.iresnet.chaos.swaps;

import dev.iresnet.chaos.harness.ResultStream;
import dev.iresnet.schemas.avro.LabeledResult;
import java.time.Instant;
import java.util.List;

/**
 * A result, as far as it is looked at.
 *
 * @param partition of the input topic, which one task reads
 * @param version that it claims to be of
 * @param labels best first
 */
record Labelled(String eventId, int partition, Version version, List<Scored> labels, Times times) {

    Labelled {
        labels = List.copyOf(labels);
    }

    static Labelled of(ResultStream.Seen seen) {
        LabeledResult result = seen.result();
        return new Labelled(
                result.getEventId(),
                result.getSource().getPartition(),
                new Version(result.getModel().getVersion(), result.getModel().getDigest()),
                result.getLabels().stream()
                        .map(label -> new Scored(label.getIndex(), label.getScore()))
                        .toList(),
                new Times(result.getCapturedAt(), result.getInferredAt(), seen.sentAt()));
    }

    /** A version of the model. */
    record Version(long number, String digest) {}

    /** A label by its index among the network's outputs. */
    record Scored(int label, float score) {}

    /**
     * When things happened to the frame.
     *
     * @param capturedAt when it was due
     * @param inferredAt when its batch was through the network; the same for the whole batch
     * @param sentAt when the job sent the result
     */
    record Times(Instant capturedAt, Instant inferredAt, Instant sentAt) {}
}
