package dev.iresnet.training.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.training.Augmentation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ViewsTest {
    private static final Preprocessing RULE = Preprocessing.IMAGENET.stretchedTo(120);

    /** A bright one and a dark one on grey. */
    private static final List<LabelledBox> OBJECTS =
            List.of(
                    new LabelledBox(0, 0.2, 0.25, 0.5, 0.45),
                    new LabelledBox(1, 0.6, 0.55, 0.7, 0.9));

    @ParameterizedTest
    @EnumSource(names = {"NONE", "MIRROR", "FULL"})
    void keepsBoxesOnTheirObjects(Augmentation augmentation) {
        int seen = 0;
        for (int seed = 0; seed < 60; seed++) {
            View view = view(augmentation, seed);
            for (LabelledBox box : view.objects) {
                assertThat(box.index()).isBetween(0, 1);
                assertOn(view, box);
                seen++;
            }
        }
        assertThat(seen).isGreaterThanOrEqualTo(60);
    }

    @Test
    void takesPartsOfAllSizesAndMirrorsHalfOfThem() {
        int whole = 0;
        int mirrored = 0;
        List<Double> widths = new ArrayList<>();
        for (int seed = 0; seed < 300; seed++) {
            View view = view(Augmentation.FULL, seed);
            assertThat(view.objects).isNotEmpty();
            if (view.objects.size() == 2) {
                mirrored += view.objects.get(0).left() > view.objects.get(1).left() ? 1 : 0;
                double width = view.objects.get(1).right() - view.objects.get(1).left();
                widths.add(width);
                whole += Math.abs(width - 0.1) < 1e-6 ? 1 : 0;
            }
        }
        assertThat((double) mirrored / widths.size()).isCloseTo(0.5, within(0.12));
        assertThat(whole).isPositive().isLessThan(widths.size());
        assertThat(widths).anyMatch(width -> width > 0.15);
    }

    @Test
    void followsFromTheSeedAlone() {
        View first = view(Augmentation.FULL, 7);
        View again = view(Augmentation.FULL, 7);
        assertThat(again.pixels).isEqualTo(first.pixels);
        assertThat(again.objects).isEqualTo(first.objects);
        assertThat(view(Augmentation.FULL, 8).pixels).isNotEqualTo(first.pixels);
    }

    @Test
    void leavesAPictureAsItIsWithoutAugmentation() {
        View view = view(Augmentation.NONE, 1);
        byte[] stored = new byte[RULE.cropBytes()];
        picture(RULE).get(0, stored);
        assertThat(view.pixels).isEqualTo(stored);
        assertThat(view.objects).isEqualTo(OBJECTS);
    }

    @Test
    void refusesWhatIsForClassifiers() {
        assertThatThrownBy(() -> new Views(RULE, Augmentation.SHIFT))
                .hasMessageContaining("must be none, mirror, unmirrored or full, got shift");
    }

    @Test
    void cutsObjectsAtTheEdgeAndDropsThoseWhoseCentreIsOutside() {
        LabelledBox box = new LabelledBox(0, 0.4, 0.4, 0.6, 0.6);
        assertThat(box.within(0.45, 0, 0.5, 1))
                .contains(new LabelledBox(0, 0, 0.4, (0.6 - 0.45) / 0.5, 0.6));
        assertThat(box.within(0.55, 0, 0.4, 1)).isEmpty();
        assertThat(box.mirrored().mirrored().left()).isCloseTo(0.4, within(1e-9));
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by assertions that look into it
    private record View(byte[] pixels, List<LabelledBox> objects) {}

    private static View view(Augmentation augmentation, long seed) {
        ByteBuffer to = ByteBuffer.allocateDirect(RULE.cropBytes());
        try (Views views = new Views(RULE, augmentation)) {
            List<LabelledBox> objects =
                    views.view(
                            picture(Views.stored(RULE, augmentation)),
                            OBJECTS,
                            new SplittableRandom(seed),
                            to);
            assertThat(to.hasRemaining()).isFalse();
            byte[] pixels = new byte[RULE.cropBytes()];
            to.get(0, pixels);
            return new View(pixels, objects);
        }
    }

    private static ByteBuffer picture(Preprocessing rule) {
        ByteBuffer pixels = ByteBuffer.allocateDirect(rule.cropBytes());
        for (int y = 0; y < rule.height(); y++) {
            for (int x = 0; x < rule.width(); x++) {
                int value = 128;
                for (LabelledBox box : OBJECTS) {
                    double u = (x + 0.5) / rule.width();
                    double v = (y + 0.5) / rule.height();
                    if (u > box.left() && u < box.right() && v > box.top() && v < box.bottom()) {
                        value = box.index() == 0 ? 250 : 10;
                    }
                }
                pixels.put((byte) value).put((byte) value).put((byte) value);
            }
        }
        return pixels.flip();
    }

    /** Inside the box it is brighter, or darker, than just outside it. */
    private static void assertOn(View view, LabelledBox box) {
        double inset = 3.0 / RULE.width();
        double x = (box.left() + box.right()) / 2;
        double y = (box.top() + box.bottom()) / 2;
        int inside = value(view, x, y);
        for (double[] at :
                new double[][] {
                    {box.left() + inset, y},
                    {box.right() - inset, y},
                    {x, box.top() + inset},
                    {x, box.bottom() - inset}
                }) {
            assertThat(value(view, at[0], at[1]))
                    .as("%s at %s", box, at)
                    .isCloseTo(inside, within(3));
        }
        for (double[] at :
                new double[][] {
                    {box.left() - inset, y},
                    {box.right() + inset, y},
                    {x, box.top() - inset},
                    {x, box.bottom() + inset}
                }) {
            if (at[0] > 0 && at[0] < 1 && at[1] > 0 && at[1] < 1) {
                int more = inside - value(view, at[0], at[1]);
                assertThat(box.index() == 0 ? more : -more)
                        .as("%s at %s", box, at)
                        .isGreaterThan(15);
            }
        }
    }

    private static int value(View view, double x, double y) {
        int column = (int) Math.min(RULE.width() - 1, x * RULE.width());
        int row = (int) Math.min(RULE.height() - 1, y * RULE.height());
        return view.pixels[(row * RULE.width() + column) * 3] & 0xFF;
    }
}
