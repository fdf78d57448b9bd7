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

    /** What is wrong, for machines. */
    public Kind kind() {
        return kind;
    }

    /** What is wrong, in the order in which it is found out. */
    public enum Kind {
        /** The bytes do not begin with C3 01, or end before the fingerprint does. */
        NOT_SINGLE_OBJECT,
        /** The fingerprint is of a writer schema that is not known here. */
        UNKNOWN_SCHEMA,
        /** The bytes break off, contradict themselves, or go on after the record's end. */
        CORRUPT
    }
}
