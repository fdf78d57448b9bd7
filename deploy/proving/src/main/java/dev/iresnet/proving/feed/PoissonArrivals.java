package dev.iresnet.proving.feed;

import java.time.Duration;
import java.util.Random;

/**
 * As if very many sources sent now and then, none knowing of the others: gaps are exponential, and
 * each picture is of any camera.
 */
final class PoissonArrivals implements Arrivals {
    private static final double NANOS = 1e9;

    private final Random random;
    private final double meanGapNanos;
    private final long[] frameNumbers;
    private double nanos;

    PoissonArrivals(FeedPlan plan, Random random) {
        this.random = random;
        this.meanGapNanos = NANOS / plan.framesPerSecond();
        this.frameNumbers = new long[plan.cameras()];
    }

    @Override
    public Arrival next() {
        nanos -= Math.log1p(-random.nextDouble()) * meanGapNanos;
        int camera = random.nextInt(frameNumbers.length);
        return new Arrival(camera, frameNumbers[camera]++, Duration.ofNanos(Math.round(nanos)));
    }
}
