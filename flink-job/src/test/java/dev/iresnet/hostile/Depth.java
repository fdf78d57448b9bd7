package dev.iresnet.hostile;

/** How far into the job a record has come. */
enum Depth {
    /** A value for the reader of events: its frame is looked at. */
    EVENT_FRAME,
    /** Right magic and a known fingerprint: Avro's fields are read. */
    AVRO,
    /** An event was read to its end, and its fields are looked at. */
    EVENT,
    /** A value for the reader of plain pictures. */
    PLAIN_PICTURE,
    /** The JPEG's markers are walked through. */
    JPEG_MARKERS,
    /** libjpeg decodes it. */
    JPEG_DECODER,
    /** The PNG's chunks are walked through. */
    PNG_CHUNKS,
    /** libpng and zlib decode it. */
    PNG_DECODER,
    /** Sides and length of raw pixels are compared. */
    RAW_PIXELS,
    /** A crop was made, and the network sees it. */
    MODEL
}
