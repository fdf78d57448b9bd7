package dev.iresnet.chaos.trend;

import java.util.Arrays;

/**
 * A straight line through points, by least squares.
 *
 * @param slope of the line
 * @param reach of its 95% interval to each side, if the points lie around the line independently
 */
record Line(double slope, double reach) {
    static final int LEAST_POINTS = 5;

    /**
     * @throws IllegalArgumentException if there are too few points, or all at one x
     */
    static Line through(double[] x, double[] y) {
        if (x.length != y.length || x.length < LEAST_POINTS) {
            throw new IllegalArgumentException(
                    "a line needs %d points or more, got %d x and %d y"
                            .formatted(LEAST_POINTS, x.length, y.length));
        }
        double meanX = mean(x);
        double meanY = mean(y);
        double squares = 0;
        double products = 0;
        for (int i = 0; i < x.length; i++) {
            squares += (x[i] - meanX) * (x[i] - meanX);
            products += (x[i] - meanX) * (y[i] - meanY);
        }
        if (squares == 0) {
            throw new IllegalArgumentException("all points have the same x, " + meanX);
        }
        double slope = products / squares;
        double residuals = 0;
        for (int i = 0; i < x.length; i++) {
            double off = y[i] - meanY - slope * (x[i] - meanX);
            residuals += off * off;
        }
        int degrees = x.length - 2;
        return new Line(
                slope, StudentT.reach95(degrees) * Math.sqrt(residuals / degrees / squares));
    }

    static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }
}
