package dev.iresnet.chaos.faults;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Faults one after the other, the same for the same seed. They come in rounds, each kind once a
 * round in an order of its own, so that a run of some minutes has met them all.
 */
final class Schedule {
    private static final long SHORTEST_CALM_MILLIS = 3000;
    private static final long LONGEST_CALM_MILLIS = 10_000;

    private final Random random;
    private final Deque<FaultKind> round = new ArrayDeque<>();

    public Schedule(long seed) {
        this.random = new Random(seed);
    }

    /** The next one; there is always one. */
    public Draw next() {
        if (round.isEmpty()) {
            List<FaultKind> kinds = new ArrayList<>(List.of(FaultKind.values()));
            Collections.shuffle(kinds, random);
            round.addAll(kinds);
        }
        FaultKind kind = round.remove();
        return new Draw(
                kind,
                between(SHORTEST_CALM_MILLIS, LONGEST_CALM_MILLIS),
                between(kind.shortest().toMillis(), kind.longest().toMillis()),
                random.nextInt(Integer.MAX_VALUE));
    }

    private Duration between(long shortest, long longest) {
        return Duration.ofMillis(shortest + (long) (random.nextDouble() * (longest - shortest)));
    }
}
