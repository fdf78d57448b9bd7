package dev.iresnet.chaos.flood;

import dev.iresnet.chaos.results.SeenResult;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A tally for each stretch's cameras, told apart by what their names begin with. Thread-safe. */
final class Tallies {
    private final Map<String, Tally> tallies = new ConcurrentHashMap<>();

    /**
     * Begins one.
     *
     * @param name before the first hyphen of the cameras' ids
     */
    Tally begin(String name, Instant from) {
        Tally tally = new Tally(from);
        tallies.put(name, tally);
        return tally;
    }

    /** Counts a result, if it is of a camera that somebody wants to know of. */
    void add(SeenResult result) {
        int hyphen = result.cameraId().indexOf('-');
        Tally tally = hyphen < 0 ? null : tallies.get(result.cameraId().substring(0, hyphen));
        if (tally != null) {
            tally.add(result);
        }
    }
}
