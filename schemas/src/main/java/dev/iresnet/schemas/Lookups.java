package dev.iresnet.schemas;

import dev.iresnet.schemas.PendingIds.Pending;
import dev.iresnet.schemas.UnreadableRecordException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks up ids, and remembers what was found for each, and for a while that nothing was. Ids that
 * are not known yet are asked for one after the other, on the timer's threads, so that records of
 * known ids need not wait for them. All memories are bounded.
 *
 * <p>While the source does not answer, it is asked with growing pauses. Once the source, for one id
 * or for all, has not answered for {@code giveUpAfter}, promises of such ids fail as unreachable.
 * New ones then fail without waiting, until the source answers.
 *
 * @param <V> what ids stand for
 */
final class Lookups<V> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lookups.class);

    static final int MOST_KNOWN = 1_000;
    static final int MOST_PENDING = 2_000;

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

    private final Lookup<V> lookup;
    private final Duration giveUpAfter;
    private final Timer timer;
    private final LongSupplier nanos;
    private final Map<Integer, V> known = Refusals.bounded(MOST_KNOWN);
    private final Refusals refusals = new Refusals();
    private final PendingIds pending = new PendingIds(MOST_PENDING);
    private int failuresInRow;
    private @Nullable Long awaySince;
    private boolean asking;
    private long turn;

    /**
     * Asks nothing yet.
     *
     * @param giveUpAfter how long an id is asked for that has no answer; zero never gives up
     */
    Lookups(Lookup<V> lookup, Duration giveUpAfter, Timer timer, LongSupplier nanos) {
        this.lookup = lookup;
        this.giveUpAfter = giveUpAfter;
        this.timer = timer;
        this.nanos = nanos;
    }

    /**
     * Completes when {@link #get} answers without waiting; exceptionally, with an {@link
     * UnreadableRecordException}, if the id is unreachable. Cancel it to wait no longer.
     */
    synchronized CompletableFuture<Void> prepare(int id) {
        long now = nanos.getAsLong();
        if (known.containsKey(id) || refusals.reason(id, now) != null) {
            return READY;
        }
        Pending entry = pending.find(id);
        if (entry == null && !pending.isFull()) {
            entry = add(id, now);
        }
        if (entry == null || isGivenUp(entry, now)) {
            return CompletableFuture.failedFuture(unreachable(id));
        }
        CompletableFuture<Void> waiter = new CompletableFuture<>();
        entry.add(waiter);
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

    /** Promises that wait, now. */
    synchronized int waiting() {
        return pending.waiting();
    }

    /** Whether the source does not answer, as of its last lookup. */
    synchronized boolean isAway() {
        return awaySince != null;
    }

    /** Asks nothing more. Promises stay open; those that wait have to cancel them. */
    @Override
    public void close() {
        timer.close();
    }

    private Pending add(int id, long now) {
        Pending entry = pending.add(id, now);
        if (!giveUpAfter.isZero()) {
            timer.after(giveUpAfter.minusNanos(now - waitingSince(entry)), this::giveUp);
        }
        if (!asking && (awaySince == null || pending.isSingle())) {
            askAfter(Duration.ZERO);
        }
        return entry;
    }

    private synchronized void forget(int id, CompletableFuture<Void> waiter) {
        pending.remove(id, waiter);
    }

    private void giveUp() {
        Map<CompletableFuture<Void>, Integer> over;
        synchronized (this) {
            long now = nanos.getAsLong();
            over = pending.waitingFor(entry -> isGivenUp(entry, now));
        }
        over.forEach((waiter, id) -> waiter.completeExceptionally(unreachable(id)));
    }

    private boolean isGivenUp(Pending entry, long now) {
        return !giveUpAfter.isZero() && now - waitingSince(entry) >= giveUpAfter.toNanos();
    }

    /** An id that comes while the source is away has waited for as long as that. */
    private long waitingSince(Pending entry) {
        return awaySince == null || entry.since - awaySince < 0 ? entry.since : awaySince;
    }

    /** There is one next turn at a time: a new one replaces one that has not begun. */
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
            // closed: the answer is not needed any more
            Thread.currentThread().interrupt();
        } catch (RuntimeException | StackOverflowError e) {
            answered(id, null, "schema id %d cannot be used: %s".formatted(id, e));
        } catch (Error e) {
            // asked again later; without this no other id would ever have its turn
            LOG.error("The lookup of schema id {} failed", id, e);
            failed(id, startedAt);
        }
    }

    /** The id whose turn it is; null if there is none. */
    private synchronized @Nullable Integer begin(long mine) {
        if (mine != turn || asking) {
            return null;
        }
        Integer id = pending.poll();
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
            waiting.addAll(pending.take(id));
            if (refusals.isFlooded(now)) {
                // they are refused like those that come now
                waiting.addAll(pending.takeAll());
            }
            goOn(Duration.ZERO);
        }
        waiting.forEach(waiter -> waiter.complete(null));
    }

    /**
     * @param away since when nothing answers; null if only this id has no answer
     */
    private synchronized void failed(int id, @Nullable Long away) {
        int failures = pending.askAgain(id);
        if (away == null) {
            awaySince = null;
            failuresInRow = 0;
            goOn(pending.hasFresh() ? Duration.ZERO : pause(failures));
            return;
        }
        if (awaySince == null) {
            awaySince = away;
            if (!giveUpAfter.isZero()) {
                timer.after(giveUpAfter.minusNanos(nanos.getAsLong() - away), this::giveUp);
            }
        }
        goOn(pause(++failuresInRow));
    }

    private void goOn(Duration pause) {
        asking = false;
        if (pending.hasNext()) {
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

    /** Does not name the registry: other teams read the dead letter. */
    private static UnreadableRecordException unreachable(int id) {
        return new UnreadableRecordException(
                Kind.SCHEMA_UNREACHABLE,
                "schema id %d is not known here, and the schema registry did not answer within schema-registry.patience: replay this record when it does"
                        .formatted(id));
    }
}
