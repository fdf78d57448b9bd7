package dev.iresnet.benchmark.stat;

import java.util.List;

/**
 * What a figure came out as, round by round.
 *
 * <p>Rounds on a machine that others use, too, are neither normal nor without outliers, so nothing
 * is assumed of their distribution: an interval for the true median is read off the sorted rounds
 * (David and Nagaraja, Order Statistics, 7.1).
 *
 * @param rounds 1 or more, finite, in the order in which they were run
 */
public record Sample(List<Double> rounds) {
    private static final double DOUBT = 0.05;

    public Sample {
        rounds = List.copyOf(rounds);
        if (rounds.isEmpty() || !rounds.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("a sample is of finite numbers, got " + rounds);
        }
    }

    public double median() {
        List<Double> sorted = sorted();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(half)
                : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    /** Lower end of the interval that covers the true median with 95%, or of all rounds. */
    public double lower() {
        return sorted().get(outside(rounds.size()));
    }

    /** Upper end of that interval. */
    public double upper() {
        return sorted().get(rounds.size() - 1 - outside(rounds.size()));
    }

    /** How far the true median may be from this one: the interval's longer half. */
    public double spread() {
        return Math.max(upper() - median(), median() - lower());
    }

    /** The same with each round multiplied. */
    public Sample times(double factor) {
        return new Sample(rounds.stream().map(value -> value * factor).toList());
    }

    /**
     * Rounds on either side that the interval leaves out. The true median lies below the smallest
     * of n rounds with a chance of 2^-n; likewise for the k smallest, by the binomial distribution.
     * Fewer than six rounds give no interval of 95%: then it is all of them.
     */
    static int outside(int n) {
        double chance = Math.pow(0.5, n);
        double below = chance;
        int out = 0;
        while (2 * below <= DOUBT) {
            out++;
            chance *= (n - out + 1.0) / out;
            below += chance;
        }
        return Math.max(0, out - 1);
    }

    private List<Double> sorted() {
        return rounds.stream().sorted().toList();
    }
}
