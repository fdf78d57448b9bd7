package dev.iresnet.kafka;

/** Headers that the job adds. Names are a contract; the first ones are Kafka Connect's. */
public final class HeaderNames {
    public static final String TOPIC = "__connect.errors.topic";
    public static final String PARTITION = "__connect.errors.partition";
    public static final String OFFSET = "__connect.errors.offset";

    /** The consumer group, which names the job. */
    public static final String CONNECTOR = "__connect.errors.connector.name";

    /** {@code VALUE_CONVERTER} or {@code TRANSFORMATION}, as in Kafka Connect. */
    public static final String STAGE = "__connect.errors.stage";

    /** {@code dev.iresnet.event.FailureCode.} and the code. */
    public static final String EXCEPTION_CLASS = "__connect.errors.exception.class.name";

    /** For people; 8 kB at most. */
    public static final String EXCEPTION_MESSAGE = "__connect.errors.exception.message";

    /** Name of a {@link dev.iresnet.event.FailureCode}. */
    public static final String CODE = "iresnet.error.code";

    /** The record's timestamp, milliseconds since the epoch: a replayed picture needs it. */
    public static final String TIMESTAMP = "iresnet.error.timestamp";

    /** Length of a value that did not fit; the original is still where the other headers say. */
    public static final String VALUE_OMITTED = "iresnet.value.omitted";

    /** Number of headers that did not fit. */
    public static final String HEADERS_OMITTED = "iresnet.headers.omitted";

    private HeaderNames() {}
}
