package dev.iresnet.chaos.flood;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The others alone and under the flood, on one device.
 *
 * @param ratePerSecond of one of the others
 * @param alone in order
 * @param flooded each right after the one alone
 */
record Comparison(Device device, double ratePerSecond, List<Stretch> alone, List<Stretch> flooded) {
    /** How much longer the others may wait under the flood. */
    static final double MOST = 2;

    /** More of the others shed than that, and their p99 says nothing. */
    static final double MOST_SHED = 0.01;

    Comparison {
        alone = List.copyOf(alone);
        flooded = List.copyOf(flooded);
    }

    /**
     * A ratio over the repetitions.
     *
     * @param median of them
     */
    record Ratio(double least, double median, double most) {

        static Ratio of(double[] ratios) {
            double[] sorted = ratios.clone();
            Arrays.sort(sorted);
            int middle = sorted.length / 2;
            double median =
                    sorted.length % 2 == 1
                            ? sorted[middle]
                            : (sorted[middle - 1] + sorted[middle]) / 2;
            return new Ratio(sorted[0], median, sorted[sorted.length - 1]);
        }
    }

    Ratio p50() {
        return ratio(Tally.Figures::p50);
    }

    Ratio p99() {
        return ratio(Tally.Figures::p99);
    }

    /** The greatest share of the others that was shed in a stretch under the flood. */
    double othersShed() {
        return flooded.stream().map(Stretch::others).mapToDouble(Comparison::shed).max().orElse(0);
    }

    /** Whether the flood was one: frames of it were shed in each repetition. */
    boolean isFlooded() {
        return flooded.stream()
                .allMatch(one -> one.flood().map(figures -> figures.shed() > 0).orElse(false));
    }

    /** Whether the others were labelled, within twice the time that they have alone. */
    boolean isWithin() {
        return isFlooded()
                && p50().median() <= MOST
                && p99().median() <= MOST
                && othersShed() <= MOST_SHED;
    }

    private static double shed(Tally.Figures figures) {
        double all = figures.labeled() + figures.shed();
        return all == 0 ? 1 : figures.shed() / all;
    }

    private Ratio ratio(ToDoubleFunction<Tally.Figures> figure) {
        double[] ratios = new double[alone.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] =
                    figure.applyAsDouble(flooded.get(i).others())
                            / figure.applyAsDouble(alone.get(i).others());
        }
        return Ratio.of(ratios);
    }
}
