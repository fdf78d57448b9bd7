package dev.iresnet.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LookupsTest {
    private final AtomicLong now = new AtomicLong();
    private final List<Integer> asked = new ArrayList<>();

    /** Ids below 10,000 are known. */
    private final Lookups<String> lookups =
            new Lookups<>(
                    id -> {
                        asked.add(id);
                        if (id >= 10_000) {
                            throw UnreadableRecordException.unknownSchema("no " + id);
                        }
                        return "schema " + id;
                    },
                    now::get);

    @Test
    void looksAnIdUpOnceForAllThatWaitForIt() throws Exception {
        int threads = 8;
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch answer = new CountDownLatch(1);
        Lookups<String> slow =
                new Lookups<>(
                        id -> {
                            calls.incrementAndGet();
                            answer.await();
                            return "schema " + id;
                        },
                        now::get);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<String>> found = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                found.add(pool.submit(() -> slow.get(7)));
            }
            answer.countDown();
            for (Future<String> one : found) {
                assertThat(one.get()).isEqualTo("schema 7");
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(calls).hasValue(1);
    }

    @Test
    void remembersWhatItHasFound() throws Exception {
        lookups.get(1);
        now.addAndGet(Duration.ofDays(1).toNanos());
        lookups.get(1);
        assertThat(asked).containsExactly(1);
    }

    @Test
    void remembersForAWhileThatAnIdIsUnknown() {
        assertUnknown(10_000, "no 10000");
        now.addAndGet(Lookups.REFUSED_FOR.toNanos() - 1);
        assertUnknown(10_000, "no 10000");
        assertThat(asked).containsExactly(10_000);
        now.addAndGet(1);
        assertUnknown(10_000, "no 10000");
        assertThat(asked).containsExactly(10_000, 10_000);
    }

    @Test
    void aFloodOfUnknownIdsIsNotLookedUpAndLeavesTheKnownOnesAlone() throws Exception {
        lookups.get(1);
        for (int i = 0; i < 10_000; i++) {
            int id = 10_000 + i;
            assertThatThrownBy(() -> lookups.get(id)).isInstanceOf(UnreadableRecordException.class);
        }
        assertThat(asked).hasSize(1 + Lookups.MOST_MISSES);
        assertUnknown(2, "was not looked up");
        assertThat(lookups.get(1)).isEqualTo("schema 1");

        now.addAndGet(Lookups.MISS_WINDOW.toNanos());
        assertThat(lookups.get(2)).isEqualTo("schema 2");
    }

    @Test
    void forgetsTheOldestOfTooMany() throws Exception {
        for (int id = 0; id <= Lookups.MOST_KNOWN; id++) {
            lookups.get(id);
        }
        lookups.get(0);
        assertThat(asked).hasSize(Lookups.MOST_KNOWN + 2);
    }

    @Test
    void aLookupThatWasInterruptedIsNotRemembered() throws Exception {
        Thread.currentThread().interrupt();
        Lookups<String> patient =
                new Lookups<>(
                        id -> {
                            if (Thread.interrupted()) {
                                throw new InterruptedException();
                            }
                            return "schema " + id;
                        },
                        now::get);
        assertThatThrownBy(() -> patient.get(1)).hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).as("the flag is set again").isTrue();
        assertThat(patient.get(1)).isEqualTo("schema 1");
    }

    private void assertUnknown(int id, String words) {
        assertThatThrownBy(() -> lookups.get(id))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining(words);
    }
}
