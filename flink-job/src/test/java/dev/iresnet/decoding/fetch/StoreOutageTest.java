package dev.iresnet.decoding.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.decoding.fetch.Fetches.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A store that fails, is down, or comes back. */
final class StoreOutageTest extends FetchesFixture {

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
}
