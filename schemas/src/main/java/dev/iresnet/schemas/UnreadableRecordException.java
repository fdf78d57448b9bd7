package dev.iresnet.schemas;

import org.jspecify.annotations.Nullable;

/** Bytes that are not a record of ours. The message says what is wrong with them. */
public final class UnreadableRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    UnreadableRecordException(Kind kind, String message) {
        this(kind, message, null);
    }

    UnreadableRecordException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** One of kind {@link Kind#UNKNOWN_SCHEMA}. */
    public static UnreadableRecordException unknownSchema(String message) {
        return new UnreadableRecordException(Kind.UNKNOWN_SCHEMA, message);
    }

    /** What is wrong, for machines. */
    public Kind kind() {
        return kind;
    }

    /** What is wrong, in the order in which it is found out. */
    public enum Kind {
        /** The bytes do not begin as the framing does, or end before its head does. */
        NOT_SINGLE_OBJECT,
        /** The fingerprint or id is of a writer schema that is not known, or cannot be used. */
        UNKNOWN_SCHEMA,
        /** The id is of a writer schema that the registry has been asked for in vain. */
        SCHEMA_UNREACHABLE,
        /** The bytes break off, contradict themselves, or go on after the record's end. */
        CORRUPT
    }
}
