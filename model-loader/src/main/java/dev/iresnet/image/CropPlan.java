package dev.iresnet.image;

/**
 * How pictures of one size become crops.
 *
 * @param source size of the pictures, and how they are decoded
 * @param columns taps of the crop's columns
 * @param rows taps of the crop's rows
 */
record CropPlan(Reduction source, Taps columns, Taps rows) {

    /** The plan of {@code rule} for pictures of this size. */
    static CropPlan of(Preprocessing rule, Reduction source) {
        ResizedSize to = ResizedSize.of(rule, source.width(), source.height());
        double ratio = source.ratio();
        return new CropPlan(
                source,
                centre(
                        new Taps.Side(source.reducedWidth(), source.width() / ratio),
                        to.width(),
                        rule.width(),
                        rule.interpolation()),
                centre(
                        new Taps.Side(source.reducedHeight(), source.height() / ratio),
                        to.height(),
                        rule.height(),
                        rule.interpolation()));
    }

    private static Taps centre(
            Taps.Side source, int scaled, int cropped, Preprocessing.Interpolation filter) {
        // Python's round(), which the reference uses, takes halves to the even neighbour.
        int offset = (int) Math.rint((scaled - cropped) / 2.0);
        return Taps.of(filter, source, scaled, offset, cropped);
    }
}
