package dev.iresnet.chaos.growth;

import java.util.Map;

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

    /** For a report, behind what says which points count. */
    public static final String IN_WORDS =
            ("a figure grows if its least-squares line rises by more than the allowance and the"
                            + " slope's 95%% interval lies above 0; otherwise it is flat if the"
                            + " upper end of the interval means no more than %.0f allowances;"
                            + " otherwise it is unclear, which is not flat.")
                    .formatted(HIDDEN);

    /** Of a gauge, for {@link Map#ofEntries}. */
    public static Map.Entry<Gauge, Rule> on(
            Gauge gauge, double share, double least, String reason) {
        return Map.entry(gauge, new Rule(share, least, reason));
    }

    public Rule {
        if (share < 0 || least < 0 || share + least == 0) {
            throw new IllegalArgumentException(
                    "an allowance must be above 0, got share %s, least %s".formatted(share, least));
        }
    }

    /**
     * Judges.
     *
     * @param unit of the slope, such as {@code MB/min}
     * @param x in order
     * @param y for each x
     */
    public Trend judge(String unit, double[] x, double[] y) {
        double level = Line.mean(y);
        double allowance = Math.max(least, share * level);
        Trend.Verdict verdict = Trend.Verdict.UNCLEAR;
        Line line = new Line(Double.NaN, Double.NaN);
        double growth = Double.NaN;
        if (x.length >= Line.LEAST_POINTS) {
            line = Line.through(x, y);
            double span = x[x.length - 1] - x[0];
            growth = line.slope() * span;
            verdict = find(growth, line.reach() * span, allowance);
        }
        return new Trend(
                verdict,
                x.length,
                level,
                line.slope(),
                line.reach(),
                unit,
                growth,
                allowance,
                reason);
    }

    private static Trend.Verdict find(double growth, double noise, double allowance) {
        if (growth > allowance && growth - noise > 0) {
            return Trend.Verdict.GROWS;
        }
        return growth + noise <= HIDDEN * allowance ? Trend.Verdict.FLAT : Trend.Verdict.UNCLEAR;
    }
}
