package dev.iresnet.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.schemas.UnreadableRecordException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LookupsTest {
    private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(1);

    private final HandTimer timer = new HandTimer();
    private final List<Integer> asked = new ArrayList<>();
    private final Set<Integer> troubled = new HashSet<>();
    private boolean away;

    /** Ids below 10,000 are known. */
    private final Lookups<String> lookups = lookups(GIVE_UP_AFTER);

    @Test
    void looksAnIdUpOnceForAllThatWaitForIt() throws Exception {
        List<CompletableFuture<Void>> waiters = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            waiters.add(lookups.prepare(7));
        }
        assertThat(waiters).noneMatch(CompletableFuture::isDone);
        timer.runDue();
        assertThat(waiters).allMatch(CompletableFuture::isDone);
        assertThat(lookups.get(7)).isEqualTo("schema 7");
        assertThat(asked).containsExactly(7);
    }

    @Test
    void whoDidNotPrepareWaits() throws Exception {
        try (LookupTimer threads = new LookupTimer();
                Lookups<String> real =
                        new Lookups<>(this::find, GIVE_UP_AFTER, threads, System::nanoTime)) {
            assertThat(real.get(7)).isEqualTo("schema 7");
        }
    }

    @Test
    void remembersWhatItHasFound() throws Exception {
        look(1);
        pass(Duration.ofDays(1));
        assertThat(lookups.prepare(1)).isCompleted();
        assertThat(lookups.get(1)).isEqualTo("schema 1");
        assertThat(asked).containsExactly(1);
    }

    @Test
    void remembersForAWhileThatAnIdIsUnknown() {
        look(10_000);
        assertUnknown(10_000, "no 10000");
        pass(Refusals.REFUSED_FOR.minusNanos(1));
        look(10_000);
        assertUnknown(10_000, "no 10000");
        assertThat(asked).containsExactly(10_000);
        pass(Duration.ofNanos(1));
        look(10_000);
        assertThat(asked).containsExactly(10_000, 10_000);
    }

    @Test
    void aFloodOfUnknownIdsIsNotLookedUpAndLeavesTheKnownOnesAlone() throws Exception {
        look(1);
        CompletableFuture<Void> last = null;
        for (int i = 0; i < 1_000; i++) {
            last = lookups.prepare(10_000 + i);
        }
        timer.runDue();
        assertThat(asked).hasSize(1 + Refusals.MOST_MISSES);
        assertThat(last).as("those that still wait").isCompleted();
        assertUnknown(10_999, "was not looked up");
        assertUnknown(2, "was not looked up");
        assertThat(lookups.get(1)).isEqualTo("schema 1");

        pass(Refusals.MISS_WINDOW);
        look(2);
        assertThat(lookups.get(2)).isEqualTo("schema 2");
    }

    @Test
    void forgetsTheOldestOfTooMany() {
        for (int id = 0; id <= Lookups.MOST_KNOWN; id++) {
            look(id);
        }
        look(0);
        assertThat(asked).hasSize(Lookups.MOST_KNOWN + 2);
    }

    @Test
    void aSourceThatIsAwayIsAskedWithGrowingPausesAndThenAllAreAnswered() throws Exception {
        away = true;
        CompletableFuture<Void> one = lookups.prepare(1);
        CompletableFuture<Void> two = lookups.prepare(2);
        timer.runDue();
        assertThat(asked).containsExactly(1);
        pass(Duration.ofSeconds(10));
        assertThat(asked).as("after 0.5, 1, 2 and 4 s").containsExactly(1, 2, 1, 2, 1);
        assertThat(lookups.isAway()).isTrue();
        assertThat(lookups.waiting()).isEqualTo(2);

        away = false;
        pass(Duration.ofSeconds(8));
        assertThat(one).isCompleted();
        assertThat(two).isCompleted();
        assertThat(lookups.get(2)).isEqualTo("schema 2");
        assertThat(lookups.isAway()).isFalse();
        assertThat(lookups.waiting()).isZero();
    }

    @Test
    void waitingForASourceThatIsAwayFailsAfterGiveUpAfterAndThenWithoutWaiting() throws Exception {
        look(5);
        away = true;
        CompletableFuture<Void> first = lookups.prepare(1);
        timer.runDue();
        pass(Duration.ofSeconds(30));
        CompletableFuture<Void> second = lookups.prepare(2);
        pass(Duration.ofSeconds(30).minusNanos(1));
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();
        pass(Duration.ofNanos(1));

        assertUnreachable(first);
        assertUnreachable(second);
        assertUnreachable(lookups.prepare(1));
        assertUnreachable(lookups.prepare(3));
        assertThat(lookups.prepare(5)).as("known").isCompleted();

        away = false;
        pass(Duration.ofSeconds(10));
        assertThat(lookups.prepare(3)).as("asked for in the background").isCompleted();
        assertThat(lookups.get(3)).isEqualTo("schema 3");
    }

    @Test
    void anIdThatAloneGetsNoAnswerHoldsUpNoOther() throws Exception {
        troubled.add(13);
        CompletableFuture<Void> odd = lookups.prepare(13);
        timer.runDue();
        pass(Duration.ofMinutes(5));
        assertUnreachable(odd);
        assertUnreachable(lookups.prepare(13));

        CompletableFuture<Void> good = lookups.prepare(1);
        timer.runDue();
        assertThat(good).as("does not wait for the pause of the other").isCompleted();
        assertThat(lookups.get(1)).isEqualTo("schema 1");

        troubled.clear();
        pass(Duration.ofSeconds(10));
        assertThat(lookups.get(13)).isEqualTo("schema 13");
    }

    @Test
    void zeroNeverGivesUp() {
        Lookups<String> patient = lookups(Duration.ZERO);
        away = true;
        CompletableFuture<Void> waiter = patient.prepare(1);
        timer.runDue();
        pass(Duration.ofDays(1));
        assertThat(waiter).isNotDone();
        away = false;
        pass(Duration.ofSeconds(10));
        assertThat(waiter).isCompleted();
    }

    /** The task of a frame may end while the frame waits. */
    @Test
    void whoHasCancelledIsForgotten() {
        away = true;
        CompletableFuture<Void> waiter = lookups.prepare(1);
        timer.runDue();
        waiter.cancel(false);
        away = false;
        pass(Duration.ofSeconds(10));
        assertThat(waiter).isCancelled();
        assertThat(lookups.prepare(1)).isCompleted();
    }

    @Test
    void noMoreThanAFewThousandIdsAreWaitedFor() {
        away = true;
        for (int id = 0; id < Lookups.MOST_PENDING; id++) {
            assertThat(lookups.prepare(id)).isNotDone();
        }
        assertUnreachable(lookups.prepare(9_999));
    }

    @Test
    void aFaultOfALookupIsTheIdsOwn() {
        Lookups<String> broken =
                lookups(
                        id -> {
                            throw new IllegalStateException("a bug");
                        });
        CompletableFuture<Void> waiter = broken.prepare(1);
        timer.runDue();
        assertThat(waiter).isCompleted();
        assertThatThrownBy(() -> broken.get(1)).hasMessageContaining("a bug");
    }

    @Test
    void anErrorInOneLookupDoesNotStopTheOthers() throws Exception {
        Lookups<String> broken =
                lookups(
                        id -> {
                            if (asked.isEmpty()) {
                                asked.add(id);
                                throw new NoClassDefFoundError("in a test");
                            }
                            return find(id);
                        });
        assertThat(broken.prepare(1)).isNotDone();
        timer.runDue();
        CompletableFuture<Void> second = broken.prepare(2);
        timer.pass(Duration.ofSeconds(10));
        assertThat(second).isCompleted();
        assertThat(broken.get(2)).isEqualTo("schema 2");
    }

    private Optional<String> find(int id) throws UnreadableRecordException, IOException {
        asked.add(id);
        if (away) {
            throw new IOException("away");
        }
        if (id >= 10_000) {
            throw UnreadableRecordException.unknownSchema("no " + id);
        }
        return troubled.contains(id) ? Optional.empty() : Optional.of("schema " + id);
    }

    private Lookups<String> lookups(Duration giveUpAfter) {
        return new Lookups<>(this::find, giveUpAfter, timer, timer::now);
    }

    private Lookups<String> lookups(Lookups.Lookup<String> lookup) {
        return new Lookups<>(lookup, GIVE_UP_AFTER, timer, timer::now);
    }

    private void look(int id) {
        var unused = lookups.prepare(id);
        timer.runDue();
    }

    private void pass(Duration time) {
        timer.pass(time);
    }

    private void assertUnknown(int id, String words) {
        assertThatThrownBy(() -> lookups.get(id))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining(words);
    }

    private static void assertUnreachable(CompletableFuture<Void> waiter) {
        assertThat(waiter)
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(java.util.concurrent.ExecutionException.class)
                .havingCause()
                .isInstanceOfSatisfying(
                        UnreadableRecordException.class,
                        e -> assertThat(e.kind()).isEqualTo(Kind.SCHEMA_UNREACHABLE))
                .withMessageContaining("schema-registry.patience");
    }
}
