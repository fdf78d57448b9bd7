package dev.iresnet.image;

/**
 * How pictures of one size become crops.
 *
 * @param source size of the pictures, and how they are decoded
 * @param columns taps of the crop's columns
 * @param rows taps of the crop's rows
 * @param geometry where the crop lies in the whole picture
 */
record CropPlan(Reduction source, Taps columns, Taps rows, CropGeometry geometry) {

    /** The plan of {@code rule} for pictures of this size. */
    static CropPlan of(Preprocessing rule, Reduction source) {
        ResizedSize to = ResizedSize.of(rule, source.width(), source.height());
        int left = offset(to.width(), rule.width());
        int top = offset(to.height(), rule.height());
        double ratio = source.ratio();
        Taps columns =
                Taps.of(
                        rule.interpolation(),
                        new Taps.Side(source.reducedWidth(), source.width() / ratio),
                        to.width(),
                        left,
                        rule.width());
        Taps rows =
                Taps.of(
                        rule.interpolation(),
                        new Taps.Side(source.reducedHeight(), source.height() / ratio),
                        to.height(),
                        top,
                        rule.height());
        double scaleX = (double) source.width() / to.width();
        double scaleY = (double) source.height() / to.height();
        CropGeometry geometry =
                new CropGeometry(
                        source.width(),
                        source.height(),
                        scaleX,
                        scaleY,
                        scaleX * left,
                        scaleY * top);
        return new CropPlan(source, columns, rows, geometry);
    }

    private static int offset(int scaled, int cropped) {
        // Python's round(), which the reference uses, takes halves to the even neighbour.
        return (int) Math.rint((scaled - cropped) / 2.0);
    }

    /**
     * What a rule resizes a picture to, before it takes the centre.
     *
     * @param width pixels
     * @param height pixels
     */
    record ResizedSize(int width, int height) {

        static ResizedSize of(Preprocessing rule, int width, int height) {
            int shorter = Math.min(width, height);
            return switch (rule.resize()) {
                case STRETCH -> new ResizedSize(rule.width(), rule.height());
                case BOTH_SIDES_THEN_CROP -> new ResizedSize(rule.resizeToWidth(), rule.resizeTo());
                case SHORTER_SIDE_THEN_CROP ->
                        new ResizedSize(
                                scale(width, rule.resizeTo(), shorter),
                                scale(height, rule.resizeTo(), shorter));
            };
        }

        private static int scale(int side, int to, int shorter) {
            return Math.toIntExact((long) to * side / shorter);
        }
    }
}
