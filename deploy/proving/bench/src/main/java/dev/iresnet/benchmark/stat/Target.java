package dev.iresnet.benchmark.stat;

/**
 * What a figure should be.
 *
 * @param bound that it should not fall below, or not exceed
 */
public record Target(Side side, double bound) {

    /** Which figures are good. */
    public enum Side {
        AT_LEAST,
        AT_MOST
    }

    public static Target atLeast(double bound) {
        return new Target(Side.AT_LEAST, bound);
    }

    public static Target atMost(double bound) {
        return new Target(Side.AT_MOST, bound);
    }

    /** Nothing is said where the spread is larger than the distance from the bound. */
    public Verdict judge(Sample sample) {
        double margin = side == Side.AT_LEAST ? sample.median() - bound : bound - sample.median();
        if (sample.spread() > Math.abs(margin)) {
            return Verdict.INCONCLUSIVE;
        }
        return margin >= 0 ? Verdict.PASS : Verdict.FAIL;
    }

    /** Of two samples the one that is further from good. */
    public Sample worse(Sample one, Sample other) {
        boolean oneIsLess = one.median() < other.median();
        return oneIsLess == (side == Side.AT_LEAST) ? one : other;
    }
}
