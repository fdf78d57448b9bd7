package dev.iresnet.hostile;

/** What is done to a good record. */
enum Mutation {
    /** Nothing: the good among the bad must be labelled. */
    NONE,
    /** Bits anywhere. */
    RECORD_BITS,
    /** The end is missing. */
    RECORD_CUT,
    /** The head of one record and the tail of another. */
    RECORD_SPLICED,
    /** Bits of the event's fields before the picture; the frame stays right. */
    EVENT_HEAD,
    /** The picture's length in the event is another. */
    LENGTH_LIE,
    /** A right event of fields that make no sense. */
    FIELDS,
    /** Something else altogether, or in the wrong place. */
    FORMAT_MIX,
    /** Any bytes of the picture, in a right event. */
    PICTURE_BYTES,
    /** A part of the JPEG, with all around it put right. */
    JPEG_REPACKED,
    /** A part of the PNG, with lengths, checksums and stream put right. */
    PNG_REPACKED,
    /** Raw pixels of sides that are not theirs. */
    RAW_SIZES
}
