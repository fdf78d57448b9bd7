package dev.iresnet.chaos.trend;

import java.util.Optional;

/**
 * A figure over time, held against its rule.
 *
 * @param flatness the finding
 * @param points that it rests on
 * @param level their mean
 * @param slope of the line through them, in units of y for one of x
 * @param reach of the slope's 95% interval to each side
 * @param growth along that line, from the first point to the last
 * @param allowance how much of that is let through
 */
public record Trend(
        Flatness flatness,
        int points,
        double level,
        double slope,
        double reach,
        double growth,
        double allowance) {

    public boolean isFlat() {
        return flatness == Flatness.FLAT;
    }

    /**
     * What is to be said of it if it is not flat.
     *
     * @param figure its name
     * @param step one of x, such as a minute
     */
    public Optional<String> complaint(String figure, String step) {
        return isFlat()
                ? Optional.empty()
                : Optional.of(
                        "%s is not flat: %s, %.3f a %s +- %.3f around %.1f"
                                .formatted(figure, flatness, slope, step, reach, level));
    }
}
