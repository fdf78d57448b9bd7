package dev.iresnet.kafka;

import java.io.Serializable;

/**
 * The largest records that the topics take.
 *
 * @param input bytes of an input record, of the topic that takes the largest
 * @param result bytes of a result with everything around it
 * @param deadLetter bytes of a dead letter with everything around it
 */
public record RecordLimits(int input, int result, int deadLetter) implements Serializable {
    private static final int KAFKA_DEFAULT = 1 << 20;

    /** Kafka's defaults. */
    public static final RecordLimits DEFAULT = ofAll(KAFKA_DEFAULT);

    /** Boxes that a result has room for, 0 or more. */
    public int mostBoxes() {
        return ResultEncoder.mostBoxes(result);
    }

    /** Topics that take {@code bytes}, all of them. */
    public static RecordLimits ofAll(int bytes) {
        return new RecordLimits(bytes, bytes, bytes);
    }
}
