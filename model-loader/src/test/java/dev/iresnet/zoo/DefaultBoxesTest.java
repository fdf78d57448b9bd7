package dev.iresnet.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DefaultBoxesTest {
    private final float[] boxes = DefaultBoxes.SSD300.centresAndSizes();

    @Test
    void thereAreAsManyAsThePaperCounts() {
        assertThat(DefaultBoxes.SSD300.count()).isEqualTo(8732);
        assertThat(boxes).hasSize(4 * 8732);
    }

    /** By kind first: all cells of the small square, then those of the next. */
    @Test
    void comeByMapAndKindAndRowAndColumn() {
        assertBox(0, 4 / 300.0, 4 / 300.0, 21 / 300.0, 21 / 300.0);
        assertBox(1, 12 / 300.0, 4 / 300.0, 21 / 300.0, 21 / 300.0);
        assertBox(38, 4 / 300.0, 12 / 300.0, 21 / 300.0, 21 / 300.0);
        double larger = Math.sqrt(21 * 45) / 300;
        assertBox(38 * 38, 4 / 300.0, 4 / 300.0, larger, larger);
        double root = Math.sqrt(2);
        assertBox(2 * 38 * 38, 4 / 300.0, 4 / 300.0, 21 * root / 300, 21 / root / 300);
        assertBox(3 * 38 * 38, 4 / 300.0, 4 / 300.0, 21 / root / 300, 21 * root / 300);
        assertBox(4 * 38 * 38, 8 / 300.0, 8 / 300.0, 45 / 300.0, 45 / 300.0);
    }

    @Test
    void areNoLargerThanThePicture() {
        assertBox(8732 - 3, 0.5, 0.5, Math.sqrt(261 * 315) / 300, Math.sqrt(261 * 315) / 300);
        assertBox(8732 - 2, 0.5, 0.5, 1, 261 / Math.sqrt(2) / 300);
    }

    private void assertBox(int at, double x, double y, double width, double height) {
        assertThat(boxes[4 * at]).isCloseTo((float) x, within(1e-6f));
        assertThat(boxes[4 * at + 1]).isCloseTo((float) y, within(1e-6f));
        assertThat(boxes[4 * at + 2]).isCloseTo((float) width, within(1e-6f));
        assertThat(boxes[4 * at + 3]).isCloseTo((float) height, within(1e-6f));
    }
}
