package dev.iresnet.proving.feed;

import java.time.Duration;
import java.time.Instant;

/** Time that passes only in sleep, and as a test lets it. */
final class FakePace implements Pace {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void pass(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void sleep(Duration duration) {
        pass(duration);
    }
}
