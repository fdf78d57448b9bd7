package dev.iresnet.chaos.growth;

import java.util.Optional;

/**
 * A figure over time, held against its rule; as a report has it.
 *
 * @param verdict the finding
 * @param points that it rests on
 * @param level their mean
 * @param slope of the line through them, in units of y for one of x
 * @param slopeReach95 of the slope's 95% interval to each side
 * @param slopeUnit such as {@code MB/min}
 * @param growth along that line, from the first point to the last
 * @param allowance how much of that is let through
 * @param allowanceBecause why that much
 */
public record Trend(
        Verdict verdict,
        int points,
        double level,
        double slope,
        double slopeReach95,
        String slopeUnit,
        double growth,
        double allowance,
        String allowanceBecause) {

    /** What was found of a figure over time. */
    public enum Verdict {
        /** What it grows by is within the allowance, and noise does not hide much more. */
        FLAT,
        /** It grows by more than the allowance, and noise does not explain it. */
        GROWS,
        /** Too few points, or so much noise that a growth could hide in it. */
        UNCLEAR
    }

    /**
     * What is to be said of it if it is not flat.
     *
     * @param figure its name
     */
    public Optional<String> complaint(String figure) {
        return verdict == Verdict.FLAT
                ? Optional.empty()
                : Optional.of(
                        "%s is not flat: %s, %.3f %s +- %.3f around %.1f"
                                .formatted(figure, verdict, slope, slopeUnit, slopeReach95, level));
    }
}
