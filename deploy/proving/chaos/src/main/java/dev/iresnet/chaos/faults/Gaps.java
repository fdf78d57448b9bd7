package dev.iresnet.chaos.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The times between sightings of committed results. */
final class Gaps {
    private final List<Instant> sightings;

    /**
     * @param sightings in order
     */
    Gaps(List<Instant> sightings) {
        this.sightings = List.copyOf(sightings);
    }

    /**
     * The longest time without a sighting that overlaps a stretch. A gap that reaches over an end
     * of the stretch counts in full on that side where something was seen before the stretch, and
     * up to the stretch's end on the other: what comes after it is not the stretch's.
     */
    Duration longest(Instant from, Instant to) {
        Instant last = from;
        Duration longest = Duration.ZERO;
        for (Instant seen : sightings) {
            if (seen.isBefore(from)) {
                last = seen;
            } else if (seen.isAfter(to)) {
                break;
            } else {
                longest = longer(longest, Duration.between(last, seen));
                last = seen;
            }
        }
        return longer(longest, Duration.between(last, to));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
