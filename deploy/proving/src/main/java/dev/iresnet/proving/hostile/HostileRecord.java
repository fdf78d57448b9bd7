package dev.iresnet.proving.hostile;

import org.jspecify.annotations.Nullable;

/**
 * A record that cannot be labelled, for a topic of {@code input.format: image-event}.
 *
 * @param name what is wrong with it
 * @param expectedCode the code of the dead letter that it must become
 * @param key of the record
 * @param value of the record
 */
@SuppressWarnings("ArrayRecordComponent") // bytes in transit, never compared
public record HostileRecord(
        String name, String expectedCode, byte @Nullable [] key, byte @Nullable [] value) {

    @Override
    public String toString() {
        return name;
    }
}
