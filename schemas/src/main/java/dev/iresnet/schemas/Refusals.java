package dev.iresnet.schemas;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ids that stand for nothing, remembered for a while.
 *
 * <p>A stranger can send any id. So when many have turned out to be unknown, all that are not known
 * yet are refused without a look for a while: those that are known go on at full speed.
 *
 * <p>Time is passed in, never read: nanoseconds. Not thread-safe; {@link Lookups} guards it.
 */
final class Refusals {
    static final int MOST = 2_000;
    static final Duration REFUSED_FOR = Duration.ofMinutes(1);

    /** So many misses within {@link #MISS_WINDOW} are a flood. */
    static final int MOST_MISSES = 200;

    static final Duration MISS_WINDOW = Duration.ofSeconds(10);

    private record Refusal(String reason, long until) {}

    private final Map<Integer, Refusal> refused = bounded(MOST);
    private final long[] misses = new long[MOST_MISSES];
    private long missCount;

    void add(int id, String reason, long now) {
        refused.put(id, new Refusal(reason, now + REFUSED_FOR.toNanos()));
        misses[(int) (missCount++ % MOST_MISSES)] = now;
    }

    /** Why this id is not looked up now; null if it may be. */
    @Nullable String reason(int id, long now) {
        Refusal refusal = refused.get(id);
        if (refusal != null && now - refusal.until() < 0) {
            return refusal.reason();
        }
        return isFlooded(now)
                ? "schema id %d is not known here, and was not looked up since %d others within %d s were unknown to the registry, too"
                        .formatted(id, MOST_MISSES, MISS_WINDOW.toSeconds())
                : null;
    }

    boolean isFlooded(long now) {
        return missCount >= MOST_MISSES
                && now - misses[(int) (missCount % MOST_MISSES)] < MISS_WINDOW.toNanos();
    }

    /** A map that forgets what was not asked for the longest. */
    static <K, E> Map<K, E> bounded(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, E> eldest) {
                return size() > most;
            }
        };
    }
}
