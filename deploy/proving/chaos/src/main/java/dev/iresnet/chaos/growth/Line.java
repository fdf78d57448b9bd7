package dev.iresnet.chaos.growth;

import java.util.Arrays;

/**
 * A straight line through points, by least squares.
 *
 * @param slope of the line
 * @param reach of its 95% interval to each side, if the points lie around the line independently
 */
record Line(double slope, double reach) {

    static final int LEAST_POINTS = 5;

    private static final int LEAST_DEGREES = 3;
    private static final double Z = 1.959963984540054;

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
        return new Line(slope, student95(degrees) * Math.sqrt(residuals / degrees / squares));
    }

    static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    /**
     * How many standard errors an interval of 95% reaches to each side, by Student's distribution:
     * Abramowitz and Stegun, 26.7.5, right to 0.2% from 3 degrees of freedom on.
     */
    static double student95(int degrees) {
        if (degrees < LEAST_DEGREES) {
            throw new IllegalArgumentException(
                    "degrees of freedom must be %d or more, got %d"
                            .formatted(LEAST_DEGREES, degrees));
        }
        double z2 = Z * Z;
        double g1 = Z * (z2 + 1) / 4;
        double g2 = Z * ((5 * z2 + 16) * z2 + 3) / 96;
        double g3 = Z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
        double g4 = Z * ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92160;
        double n = degrees;
        return Z + (g1 + (g2 + (g3 + g4 / n) / n) / n) / n;
    }
}
