package dev.iresnet.chaos.flood;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The other cameras alone and under the flood, on one device.
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
     * A while of frames, and what became of them.
     *
     * @param began when its feed did
     * @param others of the cameras that are not the flood
     * @param flood of the flood; null if there was none
     * @param shedByReason of all cameras, by the job's count
     * @param feedMostBehindSeconds by how much the feed of the others was late
     */
    record Stretch(
            Instant began,
            CameraCounters.Figures others,
            CameraCounters.@Nullable Figures flood,
            Map<String, Long> shedByReason,
            Duration feedMostBehindSeconds) {

        Stretch {
            shedByReason = Map.copyOf(shedByReason);
        }
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
        return ratio(CameraCounters.Figures::p50Millis);
    }

    Ratio p99() {
        return ratio(CameraCounters.Figures::p99Millis);
    }

    /** The greatest share of the others that was shed in a stretch under the flood. */
    double othersShed() {
        return flooded.stream().map(Stretch::others).mapToDouble(Comparison::shed).max().orElse(0);
    }

    /** Whether frames of the flood were shed in each repetition: else it was none. */
    boolean flooding() {
        return flooded.stream().allMatch(one -> one.flood() != null && one.flood().shed() > 0);
    }

    /** Whether the others were labelled, within twice the time that they have alone. */
    boolean within() {
        return flooding()
                && p50().median() <= MOST
                && p99().median() <= MOST
                && othersShed() <= MOST_SHED;
    }

    /** What does not hold; empty if all of it does. */
    Optional<String> violation() {
        return within()
                ? Optional.empty()
                : Optional.of(
                        "%s: others under the flood take %.2f (p50) and %.2f (p99) times what they take alone, and at most %.1f%% of them are shed%s"
                                .formatted(
                                        device,
                                        p50().median(),
                                        p99().median(),
                                        100 * othersShed(),
                                        flooding() ? "" : "; the flood was not one"));
    }

    /**
     * As a report has it.
     *
     * @param measured frames a second that the processors can do
     */
    Map<String, Object> members(double measured) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("within", within());
        members.put("batchMaxSize", device.batch());
        members.put("capacityPerSecond", device.capacity(measured));
        members.put("ratePerSecond", ratePerSecond);
        members.put("p50Ratio", p50());
        members.put("p99Ratio", p99());
        members.put("othersShedShareMost", othersShed());
        members.put("alone", alone);
        members.put("flooded", flooded);
        return members;
    }

    private static double shed(CameraCounters.Figures figures) {
        double all = figures.labeled() + figures.shed();
        return all == 0 ? 1 : figures.shed() / all;
    }

    private Ratio ratio(ToDoubleFunction<CameraCounters.Figures> figure) {
        double[] ratios = new double[alone.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] =
                    figure.applyAsDouble(flooded.get(i).others())
                            / figure.applyAsDouble(alone.get(i).others());
        }
        return Ratio.of(ratios);
    }
}
