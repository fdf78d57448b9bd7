package dev.iresnet.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What every input format demands of a record, in one place so that the codes agree. */
final class Required {
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private Required() {}

    static byte[] value(RawRecord record) throws FrameException {
        byte[] value = record.value();
        if (value == null || value.length == 0) {
            throw new FrameException(
                    FailureCode.EMPTY_VALUE,
                    value == null ? "the record has no value" : "the record's value has no bytes");
        }
        return value;
    }

    /**
     * The key decides the partition, and the partition the order: without one, a camera's frames
     * are spread over all partitions and come in any order.
     */
    static byte[] key(RawRecord record) throws FrameException {
        byte[] key = record.key();
        if (key == null || key.length == 0) {
            throw new FrameException(
                    FailureCode.KEY_MISSING,
                    "the record has no key; produce with the camera id as key, which keeps a"
                            + " camera's frames in order");
        }
        return key;
    }

    static String id(String field, String value) throws FrameException {
        if (value.isEmpty()) {
            throw new FrameException(FailureCode.EVENT_INVALID, field + " is empty");
        }
        if (value.length() > Frame.MAX_ID_LENGTH) {
            throw new FrameException(
                    FailureCode.EVENT_INVALID,
                    field
                            + " has "
                            + value.length()
                            + " characters, more than "
                            + Frame.MAX_ID_LENGTH);
        }
        return value;
    }

    /** Bounds that any calendar, and Avro's microseconds in a long, can hold. */
    static Instant captureTime(String field, Instant value) throws FrameException {
        if (value.isBefore(Instant.EPOCH) || value.isAfter(LATEST)) {
            throw new FrameException(
                    FailureCode.EVENT_INVALID,
                    field + " is " + value + ", not within the years 1970 to 9999");
        }
        return value.truncatedTo(ChronoUnit.MICROS);
    }
}
