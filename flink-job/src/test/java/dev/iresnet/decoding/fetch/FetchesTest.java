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
import org.junit.jupiter.api.Test;

/** Times are milliseconds here. Pauses are without luck: 50, 100, 200 ... 5,000. */
final class FetchesTest {
    private final IOException broken = new IOException("connection refused");
    private static final int SIZE = 100;

    private final List<String> log = new ArrayList<>();
    private final Fetches fetches = fetches(1_000);

    @Test
    void aStoresPicturesAreReadInTheOrderOfTheirComing() {
        add("a", 1);
        add("a", 2);

        assertThat(numberOf(begin(0))).isEqualTo(1);
        assertThat(numberOf(begin(0))).isEqualTo(2);
        assertThat(begin(0)).isNull();
        assertThat(fetches.running()).isEqualTo(2);
    }

    @Test
    void storesTakeTurns() {
        add("a", 1);
        add("a", 2);
        add("a", 3);
        add("b", 4);

        assertThat(numberOf(begin(0))).isEqualTo(1);
        assertThat(numberOf(begin(0))).isEqualTo(4);
        assertThat(numberOf(begin(0))).isEqualTo(2);
    }

    @Test
    void memoryIsTakenUntilADecoderIsDoneWithThePicture() {
        Fetches tight = fetches(2 * SIZE);
        add(tight, "a", 1, 0);
        add(tight, "a", 2, 0);
        add(tight, "b", 3, 0);

        Attempt first = begun(tight, 0);
        begun(tight, 0);
        assertThat(tight.begin(Thread.currentThread(), 0)).isNull();
        tight.succeeded(first, 0);
        assertThat(tight.begin(Thread.currentThread(), 0)).as("it waits for a decoder").isNull();
        tight.release(SIZE);
        assertThat(numberOf(begun(tight, 0))).isEqualTo(2);
    }

    @Test
    void aSinglePictureIsReadHoweverLargeItIs() {
        Fetches tight = fetches(1);
        add(tight, "a", 1, 0);
        add(tight, "a", 2, 0);

        begun(tight, 0);
        assertThat(tight.begin(Thread.currentThread(), 0)).isNull();
    }

    @Test
    void aPictureThatFailsIsTriedAgainAfterPausesThatGrow() {
        add("a", 1);
        fetches.failed(begun(0), broken, ms(0));

        assertThat(begin(49)).isNull();
        fetches.failed(begun(50), broken, ms(50));
        assertThat(begin(149)).isNull();
        assertThat(begin(150)).isNotNull();
        assertThat(fetches.retries()).isEqualTo(2);
        assertThat(log).isEmpty();
    }

    @Test
    void aStoreThatFailsThriceInARowIsDownAndIsAskedForOnePictureAtATime() {
        for (int i = 0; i < 8; i++) {
            add("down", i);
        }
        add("up", 9);
        List<Attempt> first = List.of(begun(0), begun(0), begun(0), begun(0), begun(0));
        first.forEach(attempt -> settle(attempt, 0));

        assertThat(log).containsExactly("down s3://down: connection refused, 7 wait");
        assertThat(fetches.storesDown()).isEqualTo(1);
        assertThat(begin(49)).isNull();
        Attempt probe = begun(50);
        assertThat(begin(1_000_000)).as("one at a time").isNull();
        fetches.failed(probe, broken, ms(60));
        assertThat(begin(159)).as("the pause has doubled").isNull();
        assertThat(begin(160)).isNotNull();
    }

    @Test
    void whatWasUnderWayWhenAStoreWentDownDoesNotLengthenThePause() {
        List<Attempt> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            add("a", i);
            all.add(begun(0));
        }
        all.forEach(attempt -> fetches.failed(attempt, broken, ms(0)));

        assertThat(begin(49)).isNull();
        assertThat(begin(50)).isNotNull();
    }

    @Test
    void allThatWaitAreDueOnceTheStoreGivesAPicture() {
        takeDown(5);
        Attempt probe = begun(500);
        fetches.succeeded(probe, ms(500));

        assertThat(log).last().isEqualTo("up s3://a after 500 ms");
        assertThat(fetches.storesDown()).isZero();
        for (int i = 0; i < 4; i++) {
            assertThat(begin(500)).isNotNull();
        }
    }

    @Test
    void aStoreThatSaysNoIsUp() {
        takeDown(3);
        fetches.refused(begun(500), ms(500));

        assertThat(fetches.storesDown()).isZero();
        assertThat(fetches.waiting()).isEqualTo(2);
        assertThat(fetches.memory()).isZero();
    }

    @Test
    void aPictureThatFailsAmongOthersThatComeDoesNotTakeTheStoreDown() {
        add("a", 1);
        for (int i = 0; i < 20; i++) {
            long now = i * 10_000L;
            fetches.failed(begun(now), broken, ms(now));
            add("a", 100 + i, now);
            fetches.succeeded(begun(now), ms(now));
            fetches.release(SIZE);
        }
        assertThat(log).isEmpty();
    }

    @Test
    void aReadThatTakesTooLongIsPutBackAndItsMemoryStaysTakenUntilItsThreadReturns() {
        add("a", 1);
        Attempt slow = begun(0);
        assertThat(slow.hold()).isTrue();

        assertThat(fetches.abandonOverdue(broken, ms(1_000))).isEmpty();
        assertThat(fetches.abandonOverdue(broken, ms(1_001))).containsExactly(slow);
        assertThat(slow.isAbandoned()).isTrue();
        assertThat(fetches.stuck()).isEqualTo(1);
        assertThat(fetches.waiting()).isEqualTo(1);
        Attempt again = begun(2_000);
        assertThat(fetches.memory()).isEqualTo(2 * SIZE);
        fetches.returned(slow);
        assertThat(fetches.memory()).isEqualTo(SIZE);
        assertThat(fetches.stuck()).isZero();
        fetches.succeeded(again, ms(2_000));
        fetches.release(SIZE);
        assertThat(fetches.memory()).isZero();
        assertThat(fetches.isIdle()).isTrue();
    }

    @Test
    void readsThatHangBeforeTheirStoreHasOpenedThePictureTakeNoMemoryFromOtherStores() {
        Fetches tight = fetches(2 * SIZE);
        add(tight, "hangs", 1, 0);
        add(tight, "hangs", 2, 0);
        add(tight, "works", 3, 0);
        Attempt hanging = begun(tight, 0);
        Attempt other = begun(tight, 0);
        tight.failed(other, broken, ms(0));
        add(tight, "hangs", 4, 0);
        begun(tight, 100);
        assertThat(tight.begin(Thread.currentThread(), ms(200))).isNull();

        assertThat(tight.abandonOverdue(broken, ms(1_001))).contains(hanging);

        assertThat(hanging.hold()).as("nor may it take it later").isFalse();
        assertThat(numberOf(begun(tight, 1_001))).isEqualTo(3);
        assertThat(tight.memory()).isEqualTo(2 * SIZE);
        tight.returned(hanging);
        assertThat(tight.memory()).isEqualTo(2 * SIZE);
    }

    @Test
    void aStoreKeepsWaitingWhatItHasFailedAndWhatCameWhileItWasDown() {
        takeDown(3);
        add("a", 10, 400);
        add("b", 11, 0);
        List<String> kept = new ArrayList<>();
        fetches.remove(
                ms(1_000),
                (fetch, nanos) -> {
                    kept.add(fetch.number + ": " + Duration.ofNanos(nanos).toMillis());
                    return false;
                });
        assertThat(kept)
                .containsExactlyInAnyOrder("0: 1000", "1: 1000", "2: 1000", "3: 600", "4: 0");
    }

    @Test
    void aPicturesOwnFirstFailureDoesNotEndItsWaitingForTheStore() {
        takeDown(3);
        add("a", 10, 10);
        fetches.failed(begun(1_000), broken, ms(1_000));

        List<Long> kept = new ArrayList<>();
        fetches.remove(
                ms(2_000),
                (fetch, nanos) ->
                        fetch.number == 3 && kept.add(Duration.ofNanos(nanos).toMillis()));
        assertThat(kept).containsExactly(1_990L);
    }

    @Test
    void aStoreThatIsBackIsAskedAtOnceForWhatItHasFailed() {
        add("a", 1);
        fetches.failed(begun(0), broken, ms(0));
        fetches.failed(begun(50), broken, ms(50));
        fetches.failed(begun(150), broken, ms(150));
        add("a", 2, 160);
        Attempt probe = begun(200);
        assertThat(numberOf(probe)).isEqualTo(2);
        fetches.succeeded(probe, ms(200));

        // By its own pause it would be due at 350.
        assertThat(numberOf(begin(200))).isEqualTo(1);
    }

    /** So many pictures, three of which have failed at 0. */
    private void takeDown(int pictures) {
        for (int i = 0; i < pictures; i++) {
            add("a", i);
        }
        List.of(begun(0), begun(0), begun(0))
                .forEach(attempt -> fetches.failed(attempt, broken, ms(0)));
        assertThat(fetches.storesDown()).isEqualTo(1);
    }

    private void settle(Attempt attempt, long now) {
        if (attempt.fetch.store().equals("s3://up")) {
            fetches.succeeded(attempt, ms(now));
        } else {
            fetches.failed(attempt, broken, ms(now));
        }
    }

    private Fetches fetches(long memory) {
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

    private void add(String store, int number) {
        add(store, number, 0);
    }

    private void add(String store, int number, long now) {
        add(fetches, store, number, now);
    }

    private static void add(Fetches fetches, String store, int number, long now) {
        Picture.Referred picture =
                new Picture.Referred(
                        Encoding.JPEG, 0, 0, Stored.uri(store, number), SIZE, "00".repeat(32));
        fetches.add(new Waiting(picture), ms(now));
    }

    private @Nullable Attempt begin(long now) {
        return fetches.begin(Thread.currentThread(), ms(now));
    }

    private Attempt begun(long now) {
        return begun(fetches, now);
    }

    private static Attempt begun(Fetches fetches, long now) {
        return requireNonNull(fetches.begin(Thread.currentThread(), ms(now)));
    }

    private static int numberOf(@Nullable Attempt attempt) {
        return Integer.parseInt(
                requireNonNull(attempt).fetch.recipient.picture().uri().path().substring(1));
    }

    private static long ms(long millis) {
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
