package dev.iresnet.schemas;

import dev.iresnet.schemas.UnreadableRecordException.Kind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was found for an id, and for a while that nothing was. Each id is looked up by one
 * thread at a time; others that want it wait. Both memories are bounded.
 *
 * <p>A stranger can send any id. So when many have turned out to be unknown, ids that are not known
 * yet are refused without a look for a while: those that are known go on at full speed.
 *
 * @param <V> what ids stand for
 */
final class Lookups<V> {
    static final int MOST_KNOWN = 1_000;
    static final int MOST_REFUSED = 2_000;
    static final Duration REFUSED_FOR = Duration.ofMinutes(1);

    /** So many misses within {@link #MISS_WINDOW} are a flood. */
    static final int MOST_MISSES = 200;

    static final Duration MISS_WINDOW = Duration.ofSeconds(10);

    /** Finds what an id stands for. */
    interface Lookup<V> {
        V find(int id) throws UnreadableRecordException, InterruptedException;
    }

    private record Refusal(String reason, long until) {}

    private final Lookup<V> lookup;
    private final LongSupplier nanos;
    private final Map<Integer, V> known = bounded(MOST_KNOWN);
    private final Map<Integer, Refusal> refused = bounded(MOST_REFUSED);
    private final Map<Integer, CompletableFuture<V>> underWay = new ConcurrentHashMap<>();
    private final long[] misses = new long[MOST_MISSES];
    private long missCount;

    Lookups(Lookup<V> lookup, LongSupplier nanos) {
        this.lookup = lookup;
        this.nanos = nanos;
    }

    /**
     * What an id stands for.
     *
     * @throws UnreadableRecordException if it stands for nothing; also, with its interrupt flag
     *     set, to a thread that is interrupted
     */
    V get(int id) throws UnreadableRecordException {
        try {
            while (true) {
                V found = remembered(id);
                if (found != null) {
                    return found;
                }
                CompletableFuture<V> mine = new CompletableFuture<>();
                CompletableFuture<V> theirs = underWay.putIfAbsent(id, mine);
                if (theirs == null) {
                    return find(id, mine);
                }
                waitFor(theirs);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreadableRecordException(
                    Kind.UNKNOWN_SCHEMA, "interrupted while schema %d was looked up".formatted(id));
        }
    }

    private V find(int id, CompletableFuture<V> mine)
            throws UnreadableRecordException, InterruptedException {
        try {
            // it may have been found between our look and our turn
            V found = remembered(id);
            if (found == null) {
                found = lookup.find(id);
                remember(id, found);
            }
            return found;
        } catch (UnreadableRecordException e) {
            refuse(id, e);
            throw e;
        } finally {
            underWay.remove(id, mine);
            mine.complete(null);
        }
    }

    /** Whatever came of it is remembered, or else to be looked up again. */
    private static void waitFor(CompletableFuture<?> lookup) throws InterruptedException {
        try {
            lookup.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("never completed so", e);
        }
    }

    private synchronized @Nullable V remembered(int id) throws UnreadableRecordException {
        V found = known.get(id);
        if (found != null) {
            return found;
        }
        long now = nanos.getAsLong();
        Refusal refusal = refused.get(id);
        if (refusal != null && now - refusal.until() < 0) {
            throw new UnreadableRecordException(Kind.UNKNOWN_SCHEMA, refusal.reason());
        }
        if (isFlooded(now)) {
            throw new UnreadableRecordException(
                    Kind.UNKNOWN_SCHEMA,
                    "schema id %d is not known here, and was not looked up since %d others within %d s were unknown to the registry, too"
                            .formatted(id, MOST_MISSES, MISS_WINDOW.toSeconds()));
        }
        return null;
    }

    private boolean isFlooded(long now) {
        return missCount >= MOST_MISSES
                && now - misses[(int) (missCount % MOST_MISSES)] < MISS_WINDOW.toNanos();
    }

    private synchronized void remember(int id, V found) {
        known.put(id, found);
    }

    private synchronized void refuse(int id, UnreadableRecordException why) {
        long now = nanos.getAsLong();
        refused.put(id, new Refusal(String.valueOf(why.getMessage()), now + REFUSED_FOR.toNanos()));
        misses[(int) (missCount++ % MOST_MISSES)] = now;
    }

    private static <K, E> Map<K, E> bounded(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, E> eldest) {
                return size() > most;
            }
        };
    }
}
