package dev.iresnet.chaos.swaps;

import java.time.Instant;
import java.util.List;

/** Results for tests. */
final class Results {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Results() {}

    /** Of a batch that was done so many seconds after the start, read from partition 0. */
    static Labelled at(double seconds, long version) {
        return new Labelled(
                "event-" + seconds,
                0,
                new Labelled.Version(version, "digest-" + version),
                List.of(new Labelled.Scored(0, 0.5f)),
                new Labelled.Times(second(seconds - 0.1), second(seconds), second(seconds)));
    }

    static Instant second(double seconds) {
        return START.plusMillis((long) (1000 * seconds));
    }
}
