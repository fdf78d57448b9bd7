package dev.iresnet.decoding.fetch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.decoding.fetch.Fetches.Attempt;
import dev.iresnet.event.FrameException;
import dev.iresnet.event.Picture;
import dev.iresnet.image.Encoding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fetches of made-up pictures, on threads that are only named. */
abstract class FetchesFixture {
    final IOException broken = new IOException("connection refused");
    static final int SIZE = 100;

    final List<String> log = new ArrayList<>();
    final Fetches fetches = fetches(1_000);

    /** So many pictures, three of which have failed at 0. */
    void takeDown(int pictures) {
        for (int i = 0; i < pictures; i++) {
            add("a", i);
        }
        List.of(begun(0), begun(0), begun(0))
                .forEach(attempt -> fetches.failed(attempt, broken, ms(0)));
        assertThat(fetches.storesDown()).isEqualTo(1);
    }

    void settle(Attempt attempt, long now) {
        if (attempt.fetch.store().equals("s3://up")) {
            fetches.succeeded(attempt, ms(now));
        } else {
            fetches.failed(attempt, broken, ms(now));
        }
    }

    Fetches fetches(long memory) {
        return new Fetches(
                new FetchPolicy(
                        4, memory, Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ZERO),
                new BackOff(Duration.ofMillis(100), Duration.ofSeconds(10), () -> 0),
                new Fetches.Watch() {
                    @Override
                    public void down(String store, Throwable cause, int waiting, long now) {
                        log.add(
                                "down %s: %s, %d wait"
                                        .formatted(store, cause.getMessage(), waiting));
                    }

                    @Override
                    public void up(String store, long since, long now) {
                        log.add(
                                "up %s after %d ms"
                                        .formatted(
                                                store, Duration.ofNanos(now - since).toMillis()));
                    }
                });
    }

    void add(String store, int number) {
        add(store, number, 0);
    }

    void add(String store, int number, long now) {
        add(fetches, store, number, now);
    }

    static void add(Fetches fetches, String store, int number, long now) {
        Picture.Referred picture =
                new Picture.Referred(
                        Encoding.JPEG, 0, 0, Stored.uri(store, number), SIZE, "00".repeat(32));
        fetches.add(new Waiting(picture), ms(now));
    }

    @Nullable Attempt begin(long now) {
        return fetches.begin(Thread.currentThread(), ms(now));
    }

    Attempt begun(long now) {
        return begun(fetches, now);
    }

    static Attempt begun(Fetches fetches, long now) {
        return requireNonNull(fetches.begin(Thread.currentThread(), ms(now)));
    }

    static int numberOf(@Nullable Attempt attempt) {
        return Integer.parseInt(
                requireNonNull(attempt).fetch.recipient.picture().uri().path().substring(1));
    }

    static long ms(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    /** Whose hearing is the fetcher's affair, not tested here. */
    private record Waiting(Picture.Referred picture) implements Recipient {
        @Override
        public boolean isOver() {
            return false;
        }

        @Override
        public void dropped() {}

        @Override
        public void gaveUp(int attempts) {}

        @Override
        public void refused(FrameException reason) {}

        @Override
        public void came(ByteBuffer bytes) {}
    }
}
