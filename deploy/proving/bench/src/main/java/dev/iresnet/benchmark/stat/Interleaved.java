package dev.iresnet.benchmark.stat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Two things measured in turns, so that whatever else happens to the machine happens to both. Who
 * goes first changes from round to round; a round before the first does not count.
 *
 * @param first rounds of one
 * @param second rounds of the other
 */
public record Interleaved(Sample first, Sample second) {

    /** Takes one measurement. */
    @FunctionalInterface
    public interface Measure {
        double take() throws IOException;
    }

    public Interleaved {
        if (first.rounds().size() != second.rounds().size()) {
            throw new IllegalArgumentException("both sides need as many rounds");
        }
    }

    /**
     * Measures.
     *
     * @param rounds 1 or more
     */
    public static Interleaved run(int rounds, Measure one, Measure other) throws IOException {
        one.take();
        other.take();
        List<Double> first = new ArrayList<>();
        List<Double> second = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            boolean oneGoesFirst = round % 2 == 0;
            if (oneGoesFirst) {
                first.add(one.take());
            }
            second.add(other.take());
            if (!oneGoesFirst) {
                first.add(one.take());
            }
        }
        return new Interleaved(new Sample(first), new Sample(second));
    }

    /** First over second, round by round. */
    public Sample ratio() {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < first.rounds().size(); round++) {
            ratios.add(first.rounds().get(round) / second.rounds().get(round));
        }
        return new Sample(ratios);
    }
}
