package dev.iresnet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ScoresTest {

    @Test
    void equalScoresAreOrderedByIndex() {
        Scores scores = new Scores(5, new float[] {0.1f, 0.3f, 0.1f, 0.3f, 0.2f});

        assertThat(scores.top(0, 4)).containsExactly(1, 3, 4, 0);
    }

    @Property(tries = 200)
    void topIsTheHeadOfTheWholeOrder(
            @ForAll @Size(min = 1, max = 40) @FloatRange(min = 0, max = 1) float[] row,
            @ForAll @IntRange(min = 1, max = 45) int count) {
        Integer[] order = IntStream.range(0, row.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> -row[i]));

        int[] top = new Scores(row.length, row).top(0, count);

        assertThat(top).hasSize(Math.min(count, row.length));
        for (int i = 0; i < top.length; i++) {
            assertThat(top[i]).isEqualTo(order[i]);
        }
    }

    @Test
    void tellsRowsThatOverflowed() {
        Scores scores = new Scores(2, new float[] {0.5f, 0.5f, Float.NaN, 0.5f});

        assertThat(scores.isFinite(0)).isTrue();
        assertThat(scores.isFinite(1)).isFalse();
    }

    @Test
    void valuesMustMakeWholeRows() {
        assertThatThrownBy(() -> new Scores(3, new float[4])).hasMessageContaining("rows of 3");
    }
}
