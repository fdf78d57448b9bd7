package dev.iresnet.training.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.iresnet.training.detection.Matching.Targets;
import dev.iresnet.zoo.DefaultBoxes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatchingTest {
    private static final DefaultBoxes BOXES = DefaultBoxes.SSD300;
    private static final float[] DEFAULTS = BOXES.centresAndSizes();

    /** The last map is one cell, whose four boxes come last: the first is a square of 261. */
    private static final int WHOLE = 8732 - 4;

    private final Matching matching = new Matching(BOXES);

    @Test
    void learnsAnObjectThatIsADefaultBoxWithoutAnOffset() {
        double half = 261 / 600.0;
        Targets targets =
                matching.targets(
                        List.of(
                                new LabelledBox(
                                        4, 0.5 - half, 0.5 - half, 0.5 + half, 0.5 + half)));

        assertThat(targets.classes()[WHOLE]).isEqualTo(5);
        for (int value = 0; value < 4; value++) {
            assertThat(targets.offsets()[value * 8732 + WHOLE]).isCloseTo(0, within(1e-5f));
        }
    }

    @Test
    void encodesWhatDiffersInShareOfTheBoxAndByTheVariances() {
        // 261 wide at 150: moved by 13.05 right and 26.1 up, 1.2 times as wide, 0.9 as high
        double x = 150 + 13.05;
        double y = 150 - 26.1;
        double halfWidth = 261 * 1.2 / 2;
        double halfHeight = 261 * 0.9 / 2;
        double left = Math.max(0, x - halfWidth);
        Targets targets =
                matching.targets(
                        List.of(
                                new LabelledBox(
                                        0,
                                        left / 300,
                                        (y - halfHeight) / 300,
                                        Math.min(300, 2 * x - left) / 300,
                                        (y + halfHeight) / 300)));

        double width = Math.min(300, 2 * x - left) - left;
        double centre = left + width / 2;
        assertThat(targets.offsets()[WHOLE])
                .isCloseTo((float) ((centre - 150) / 261 / 0.1), within(1e-5f));
        assertThat(targets.offsets()[8732 + WHOLE]).isCloseTo(-1f, within(1e-5f));
        assertThat(targets.offsets()[2 * 8732 + WHOLE])
                .isCloseTo((float) (Math.log(width / 261) / 0.2), within(1e-5f));
        assertThat(targets.offsets()[3 * 8732 + WHOLE])
                .isCloseTo((float) (Math.log(0.9) / 0.2), within(1e-5f));
    }

    @Test
    void takesEveryBoxThatOverlapsByMoreThanHalfAndOneAtLeast() {
        // 4 pixels square: no default box, 21 pixels or more, overlaps it by half
        LabelledBox small = new LabelledBox(1, 150 / 300.0, 150 / 300.0, 154 / 300.0, 154 / 300.0);
        assertThat(matched(matching.matched(List.of(small)))).hasSize(1);

        LabelledBox large = new LabelledBox(0, 0.1, 0.1, 0.9, 0.9);
        List<Integer> several = matched(matching.matched(List.of(large)));
        assertThat(several).hasSizeGreaterThan(1);
        assertThat(several).allMatch(box -> overlap(large, box) > 0.5);
        assertThat(IntStream.range(0, 8732).filter(box -> overlap(large, box) > 0.5))
                .containsExactlyElementsOf(several);
    }

    @Test
    void givesABoxThatTwoWantToTheOneThatFitsItBetter() {
        LabelledBox loose = new LabelledBox(0, 0.02, 0.02, 0.98, 0.98);
        LabelledBox exact = new LabelledBox(1, 19.5 / 300, 19.5 / 300, 280.5 / 300, 280.5 / 300);
        for (List<LabelledBox> order : List.of(List.of(loose, exact), List.of(exact, loose))) {
            int[] matched = matching.matched(order);
            assertThat(order.get(matched[WHOLE])).isEqualTo(exact);
            assertThat(Arrays.stream(matched).distinct().filter(object -> object >= 0)).hasSize(2);
        }
    }

    @Test
    void leavesAPictureWithoutObjectsToTheBackground() {
        assertThat(matching.targets(List.of()).classes()).containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void decodesToTheObjectsAndForgetsNone(long seed) {
        Random random = new Random(seed);
        List<LabelledBox> objects = new ArrayList<>();
        int count = 1 + random.nextInt(40);
        for (int i = 0; i < count; i++) {
            double width = 0.01 + 0.6 * random.nextDouble() * random.nextDouble();
            double height = 0.01 + 0.6 * random.nextDouble() * random.nextDouble();
            double left = random.nextDouble() * (1 - width);
            double top = random.nextDouble() * (1 - height);
            objects.add(new LabelledBox(i, left, top, left + width, top + height));
        }
        // one twice: both want the same box
        LabelledBox last = objects.get(count - 1);
        objects.add(new LabelledBox(count, last.left(), last.top(), last.right(), last.bottom()));

        Targets targets = matching.targets(objects);

        assertThat(Arrays.stream(targets.classes()).filter(c -> c > 0).map(c -> c - 1).boxed())
                .containsAll(IntStream.rangeClosed(0, count).boxed().toList());
        for (int box = 0; box < 8732; box++) {
            if (targets.classes()[box] > 0) {
                assertDecodes(targets, box, objects.get(targets.classes()[box] - 1));
            }
        }
    }

    private static void assertDecodes(Targets targets, int box, LabelledBox object) {
        double x = DEFAULTS[4 * box] + 0.1 * targets.offsets()[box] * DEFAULTS[4 * box + 2];
        double y =
                DEFAULTS[4 * box + 1] + 0.1 * targets.offsets()[8732 + box] * DEFAULTS[4 * box + 3];
        double width = Math.exp(0.2 * targets.offsets()[2 * 8732 + box]) * DEFAULTS[4 * box + 2];
        double height = Math.exp(0.2 * targets.offsets()[3 * 8732 + box]) * DEFAULTS[4 * box + 3];
        assertThat(x - width / 2).isCloseTo(object.left(), within(1e-5));
        assertThat(y - height / 2).isCloseTo(object.top(), within(1e-5));
        assertThat(x + width / 2).isCloseTo(object.right(), within(1e-5));
        assertThat(y + height / 2).isCloseTo(object.bottom(), within(1e-5));
    }

    private static List<Integer> matched(int[] objects) {
        return IntStream.range(0, objects.length).filter(box -> objects[box] >= 0).boxed().toList();
    }

    private static double overlap(LabelledBox object, int box) {
        double halfWidth = DEFAULTS[4 * box + 2] / 2;
        double halfHeight = DEFAULTS[4 * box + 3] / 2;
        double x = DEFAULTS[4 * box];
        double y = DEFAULTS[4 * box + 1];
        double width =
                Math.min(object.right(), x + halfWidth) - Math.max(object.left(), x - halfWidth);
        double height =
                Math.min(object.bottom(), y + halfHeight) - Math.max(object.top(), y - halfHeight);
        double both = Math.max(0, width) * Math.max(0, height);
        double own = (object.right() - object.left()) * (object.bottom() - object.top());
        return both / (own + 4 * halfWidth * halfHeight - both);
    }
}
