package dev.iresnet.chaos.trend;

import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * When a figure counts as flat. Over the whole stretch, from its first point to its last:
 *
 * <ul>
 *   <li>it <em>grows</em> if its line rises by more than the allowance and the slope's 95% interval
 *       lies above 0;
 *   <li>otherwise it is <em>flat</em> if even the upper end of that interval means no more than
 *       three allowances;
 *   <li>otherwise the noise could hide a growth, and it is <em>unclear</em>, which is not flat.
 * </ul>
 *
 * @param share of the mean that is allowed
 * @param least allowance, in the figure's own unit
 * @param reason why that much
 */
public record Rule(double share, double least, String reason) {
    /** How many allowances the noise may hide. */
    public static final double HIDDEN = 3;

    public Rule {
        if (share < 0 || least < 0 || share + least == 0) {
            throw new IllegalArgumentException(
                    "an allowance must be above 0, got share %s, least %s".formatted(share, least));
        }
    }

    /**
     * Judges the points from one to another, without those that have no value.
     *
     * @param x of each
     * @param y of each
     */
    public Trend judge(IntStream points, IntToDoubleFunction x, IntFunction<OptionalDouble> y) {
        int[] measured = points.filter(point -> y.apply(point).isPresent()).toArray();
        return judge(
                IntStream.of(measured).mapToDouble(x).toArray(),
                IntStream.of(measured)
                        .mapToDouble(point -> y.apply(point).orElseThrow())
                        .toArray());
    }

    /**
     * Judges.
     *
     * @param x in order
     * @param y for each x
     */
    public Trend judge(double[] x, double[] y) {
        double level = Line.mean(y);
        double allowance = Math.max(least, share * level);
        if (x.length < Line.LEAST_POINTS) {
            return new Trend(
                    Flatness.UNCLEAR,
                    x.length,
                    level,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    allowance);
        }
        Line line = Line.through(x, y);
        double span = x[x.length - 1] - x[0];
        double growth = line.slope() * span;
        double noise = line.reach() * span;
        return new Trend(
                find(growth, noise, allowance),
                x.length,
                level,
                line.slope(),
                line.reach(),
                growth,
                allowance);
    }

    private static Flatness find(double growth, double noise, double allowance) {
        if (growth > allowance && growth - noise > 0) {
            return Flatness.GROWS;
        }
        return growth + noise <= HIDDEN * allowance ? Flatness.FLAT : Flatness.UNCLEAR;
    }
}
