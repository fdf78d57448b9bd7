package dev.iresnet.schemas;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Times as text: ISO-8601, UTC, always six decimals, such as {@code 2026-03-01T12:00:00.123456Z}.
 */
public final class Micros {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private Micros() {}

    /** What is finer than a microsecond is cut off. */
    public static String format(Instant time) {
        return FORMAT.format(time);
    }

    /**
     * Any ISO-8601 instant, with as many decimals as it has.
     *
     * @throws DateTimeException if it is none
     */
    public static Instant parse(String text) {
        return Instant.parse(text);
    }
}
