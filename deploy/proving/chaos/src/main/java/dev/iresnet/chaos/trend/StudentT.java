package dev.iresnet.chaos.trend;

/** Student's distribution. */
final class StudentT {
    private static final int LEAST_DEGREES = 3;
    private static final double Z = 1.959963984540054;

    private StudentT() {}

    /**
     * How many standard errors an interval of 95% reaches to each side. By Abramowitz and Stegun,
     * 26.7.5: right to 0.2% from 3 degrees of freedom on.
     */
    static double reach95(int degrees) {
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
