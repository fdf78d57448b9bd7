package dev.iresnet.decoding.fetch;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs stores' going down and coming back. Of one that does so again and again only the first of
 * each minute is told.
 */
final class FetchLog implements Fetches.Watch {
    private static final Logger LOG = LoggerFactory.getLogger(FetchLog.class);
    private static final long SILENCE_NANOS = Duration.ofMinutes(1).toNanos();

    private final Map<String, Long> toldAt = new HashMap<>();
    private final Set<String> told = new HashSet<>();

    @Override
    public void down(String store, Throwable cause, int waiting, long now) {
        Long last = toldAt.get(store);
        if (last != null && now - last < SILENCE_NANOS) {
            return;
        }
        toldAt.put(store, now);
        told.add(store);
        LOG.warn(
                "{} does not give its pictures: {}. {} frames wait for it; it is asked again, with"
                        + " pauses",
                store,
                cause,
                waiting);
    }

    @Override
    public void up(String store, long since, long now) {
        if (told.remove(store)) {
            LOG.info("{} gives its pictures again, after {}", store, Duration.ofNanos(now - since));
        }
    }
}
