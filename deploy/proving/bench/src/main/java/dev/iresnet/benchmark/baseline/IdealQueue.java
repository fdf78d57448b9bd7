package dev.iresnet.benchmark.baseline;

import java.util.random.RandomGenerator;

/**
 * A queue that loses no time: frames are served one after the other in the order of their arrival,
 * each for a service time that was measured, and the server never idles while one waits (Lindley's
 * recursion). No system that serves frames singly can have them wait for less.
 */
public final class IdealQueue {
    private final double[] serviceTimes;

    /**
     * @param serviceTimes that were measured, of which each frame gets one by chance; at least one
     */
    public IdealQueue(double[] serviceTimes) {
        if (serviceTimes.length == 0) {
            throw new IllegalArgumentException("a queue needs a service time to draw from");
        }
        this.serviceTimes = serviceTimes.clone();
    }

    /**
     * Times from arrival to the end of the service.
     *
     * @param arrivals ascending, in the unit of the service times
     */
    public double[] sojourns(double[] arrivals, RandomGenerator random) {
        double[] sojourns = new double[arrivals.length];
        double free = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < arrivals.length; i++) {
            double service = serviceTimes[random.nextInt(serviceTimes.length)];
            free = Math.max(free, arrivals[i]) + service;
            sojourns[i] = free - arrivals[i];
        }
        return sojourns;
    }
}
