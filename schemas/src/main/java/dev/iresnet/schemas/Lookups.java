package dev.iresnet.schemas;

import dev.iresnet.schemas.UnreadableRecordException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was found for an id, and for a while that nothing was. Ids that are not known yet
 * are asked for one after the other, on the timer's threads, so that nobody else has to wait with
 * them. All memories are bounded.
 *
 * <p>While the source does not answer, it is asked with growing pauses. Who waits for an id is told
 * that it is unreachable once the id, or the whole source, has not answered for as long as the
 * patience; from then on others are told at once, until it answers.
 *
 * @param <V> what ids stand for
 */
@SuppressWarnings("CollectionUndefinedEquality") // those who wait are told apart by identity
final class Lookups<V> implements AutoCloseable {
    static final int MOST_KNOWN = 1_000;
    static final int MOST_WANTED = 2_000;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final int MOST_DOUBLINGS = 10;

    private static final CompletableFuture<Void> READY = CompletableFuture.completedFuture(null);

    /** Asks once what an id stands for; see {@link SchemasById#schema}. */
    interface Lookup<V> {
        Optional<V> find(int id)
                throws UnreadableRecordException, IOException, InterruptedException;
    }

    /** Runs tasks later, on threads of its own: two, since a lookup may keep one for seconds. */
    interface Timer extends AutoCloseable {
        void after(Duration delay, Runnable task);

        /** Runs nothing more, and interrupts what runs. */
        @Override
        void close();
    }

    /** An id that is not known yet, since when somebody wants it, and who waits for it. */
    private static final class Wanted {
        final long since;
        final Set<CompletableFuture<Void>> waiting = new HashSet<>();
        int failures;

        Wanted(long since) {
            this.since = since;
        }
    }

    private final Lookup<V> lookup;
    private final Duration patience;
    private final Timer timer;
    private final LongSupplier nanos;
    private final Map<Integer, V> known = Refusals.bounded(MOST_KNOWN);
    private final Refusals refusals = new Refusals();
    private final Map<Integer, Wanted> wanted = new HashMap<>();
    private final Deque<Integer> fresh = new ArrayDeque<>();
    private final Deque<Integer> again = new ArrayDeque<>();
    private int failuresInRow;
    private @Nullable Long awaySince;
    private boolean asking;
    private long turn;

    /**
     * Asks nothing yet.
     *
     * @param patience with an id, or a source, that does not answer; zero for ever
     */
    Lookups(Lookup<V> lookup, Duration patience, Timer timer, LongSupplier nanos) {
        this.lookup = lookup;
        this.patience = patience;
        this.timer = timer;
        this.nanos = nanos;
    }

    /**
     * Completes when {@link #get} answers without waiting; exceptionally, with an {@link
     * UnreadableRecordException}, if the id is unreachable. Who does not want it any more cancels.
     */
    synchronized CompletableFuture<Void> prepare(int id) {
        long now = nanos.getAsLong();
        if (known.containsKey(id) || refusals.reason(id, now) != null) {
            return READY;
        }
        Wanted entry = wanted.get(id);
        if (entry == null && wanted.size() < MOST_WANTED) {
            entry = want(id, now);
        }
        if (entry == null || isGivenUp(entry, now)) {
            return CompletableFuture.failedFuture(unreachable(id));
        }
        CompletableFuture<Void> waiter = new CompletableFuture<>();
        entry.waiting.add(waiter);
        var unused = waiter.whenComplete((done, failure) -> forget(id, waiter));
        return waiter;
    }

    /**
     * What an id stands for; waits for it unless {@link #prepare} has.
     *
     * @throws UnreadableRecordException if it stands for nothing, or is unreachable; also, with its
     *     interrupt flag set, to a thread that is interrupted
     */
    V get(int id) throws UnreadableRecordException {
        while (true) {
            V found = remembered(id);
            if (found != null) {
                return found;
            }
            try {
                prepare(id).get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UnreadableRecordException(
                        Kind.SCHEMA_UNREACHABLE,
                        "interrupted while schema %d was looked up".formatted(id));
            } catch (ExecutionException e) {
                throw unreachable(id);
            }
        }
    }

    /** Asks nothing more. Who waits still waits, and is to cancel. */
    @Override
    public void close() {
        timer.close();
    }

    private Wanted want(int id, long now) {
        Wanted entry = new Wanted(now);
        wanted.put(id, entry);
        fresh.add(id);
        if (!patience.isZero()) {
            timer.after(patience.minusNanos(now - waitingSince(entry)), this::giveUp);
        }
        if (!asking && (awaySince == null || wanted.size() == 1)) {
            askAfter(Duration.ZERO);
        }
        return entry;
    }

    private synchronized void forget(int id, CompletableFuture<Void> waiter) {
        Wanted entry = wanted.get(id);
        if (entry != null) {
            entry.waiting.remove(waiter);
        }
    }

    private void giveUp() {
        Map<CompletableFuture<Void>, Integer> over = new HashMap<>();
        synchronized (this) {
            long now = nanos.getAsLong();
            wanted.forEach(
                    (id, entry) -> {
                        if (isGivenUp(entry, now)) {
                            entry.waiting.forEach(waiter -> over.put(waiter, id));
                        }
                    });
        }
        over.forEach((waiter, id) -> waiter.completeExceptionally(unreachable(id)));
    }

    private boolean isGivenUp(Wanted entry, long now) {
        return !patience.isZero() && now - waitingSince(entry) >= patience.toNanos();
    }

    /** An id that comes while the source is away has waited for as long as that. */
    private long waitingSince(Wanted entry) {
        return awaySince == null || entry.since - awaySince < 0 ? entry.since : awaySince;
    }

    /** There is one next turn at a time: a new one takes the place of one that has not come. */
    private void askAfter(Duration pause) {
        long mine = ++turn;
        timer.after(pause, () -> ask(mine));
    }

    private void ask(long mine) {
        Integer id = begin(mine);
        if (id == null) {
            return;
        }
        long startedAt = nanos.getAsLong();
        try {
            Optional<V> found = lookup.find(id);
            if (found.isPresent()) {
                answered(id, found.get(), null);
            } else {
                failed(id, null);
            }
        } catch (UnreadableRecordException e) {
            answered(id, null, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            failed(id, startedAt);
        } catch (InterruptedException e) {
            // closed: nobody waits for what comes of it
            Thread.currentThread().interrupt();
        } catch (RuntimeException | StackOverflowError e) {
            answered(id, null, "schema id %d cannot be used: %s".formatted(id, e));
        }
    }

    /** The id whose turn it is; null if there is none. */
    private synchronized @Nullable Integer begin(long mine) {
        if (mine != turn || asking) {
            return null;
        }
        Integer id = fresh.isEmpty() ? again.poll() : fresh.poll();
        asking = id != null;
        return id;
    }

    private void answered(int id, @Nullable V found, @Nullable String refusal) {
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        synchronized (this) {
            long now = nanos.getAsLong();
            if (found != null) {
                known.put(id, found);
            } else {
                refusals.add(id, String.valueOf(refusal), now);
            }
            failuresInRow = 0;
            awaySince = null;
            settle(id, waiting);
            if (refusals.isFlooded(now)) {
                // they are refused like those that come now
                List.copyOf(wanted.keySet()).forEach(other -> settle(other, waiting));
                fresh.clear();
                again.clear();
            }
            goOn(Duration.ZERO);
        }
        waiting.forEach(waiter -> waiter.complete(null));
    }

    private void settle(int id, List<CompletableFuture<Void>> waiting) {
        Wanted entry = wanted.remove(id);
        if (entry != null) {
            waiting.addAll(entry.waiting);
        }
    }

    /**
     * @param away since when nothing answers; null if it is this id alone
     */
    private synchronized void failed(int id, @Nullable Long away) {
        Wanted entry = wanted.get(id);
        int failures = 1;
        if (entry != null) {
            failures = ++entry.failures;
            again.add(id);
        }
        if (away == null) {
            awaySince = null;
            failuresInRow = 0;
            goOn(fresh.isEmpty() ? pause(failures) : Duration.ZERO);
            return;
        }
        if (awaySince == null) {
            awaySince = away;
            if (!patience.isZero()) {
                timer.after(patience.minusNanos(nanos.getAsLong() - away), this::giveUp);
            }
        }
        goOn(pause(++failuresInRow));
    }

    private void goOn(Duration pause) {
        asking = false;
        if (!fresh.isEmpty() || !again.isEmpty()) {
            askAfter(pause);
        }
    }

    private static Duration pause(int failures) {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    private synchronized @Nullable V remembered(int id) throws UnreadableRecordException {
        V found = known.get(id);
        if (found != null) {
            return found;
        }
        String refusal = refusals.reason(id, nanos.getAsLong());
        if (refusal != null) {
            throw new UnreadableRecordException(Kind.UNKNOWN_SCHEMA, refusal);
        }
        return null;
    }

    /** Tells nothing of the registry: it goes to strangers. */
    private static UnreadableRecordException unreachable(int id) {
        return new UnreadableRecordException(
                Kind.SCHEMA_UNREACHABLE,
                "schema id %d is not known here, and the schema registry did not answer within schema-registry.patience: replay this record when it does"
                        .formatted(id));
    }
}
