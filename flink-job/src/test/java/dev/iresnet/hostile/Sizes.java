package dev.iresnet.hostile;

import java.util.SplittableRandom;

/** Sides of pictures that are not theirs. */
final class Sizes {
    private static final int[] EDGES = {0, 1, 2, 255, 256, 32_767, 32_768, 65_535};

    private Sizes() {}

    /** Mostly near the truth, for what is far from it the limits catch. */
    static int lie(int truth, SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> EDGES[random.nextInt(EDGES.length)];
            case 1 -> truth * (2 + random.nextInt(30));
            default -> truth + random.nextInt(-8, 9);
        };
    }
}
