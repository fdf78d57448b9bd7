package dev.iresnet.event;

import org.jspecify.annotations.Nullable;

/** A Kafka header as it arrived. The value is shared, not copied: do not change it. */
@SuppressWarnings("ArrayRecordComponent") // bytes in transit, never compared
public record RecordHeader(String key, byte @Nullable [] value) {}
