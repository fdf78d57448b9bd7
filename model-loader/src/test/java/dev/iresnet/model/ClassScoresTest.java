package dev.iresnet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ClassScoresTest {

    @Test
    void equalScoresAreOrderedByIndex() {
        ClassScores scores = new ClassScores(new float[] {0.1f, 0.3f, 0.1f, 0.3f, 0.2f});

        assertThat(scores.top(4)).containsExactly(1, 3, 4, 0);
    }

    @Property(tries = 200)
    void topIsTheHeadOfTheWholeOrder(
            @ForAll @Size(min = 1, max = 40) @FloatRange(min = 0, max = 1) float[] row,
            @ForAll @IntRange(min = 1, max = 45) int count) {
        Integer[] order = IntStream.range(0, row.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> -row[i]));

        int[] top = new ClassScores(row).top(count);

        assertThat(top).hasSize(Math.min(count, row.length));
        for (int i = 0; i < top.length; i++) {
            assertThat(top[i]).isEqualTo(order[i]);
        }
    }

    @Test
    void tellsScoresThatOverflowed() {
        assertThat(new ClassScores(new float[] {0.5f, 0.5f}).isFinite()).isTrue();
        assertThat(new ClassScores(new float[] {Float.NaN, 0.5f}).isFinite()).isFalse();
        assertThat(new ClassScores(new float[] {0, Float.POSITIVE_INFINITY}).isFinite()).isFalse();
    }

    @Test
    void valuesMustMakeWholeRows() {
        assertThatThrownBy(() -> ClassScores.rows(new float[4], 3))
                .hasMessageContaining("rows of 3");
    }

    @Test
    void eachRowIsAPredictionOfItsOwn() {
        float[] values = {0.1f, 0.9f, Float.NaN, 0, 0.6f, 0.4f};

        List<Prediction> rows = ClassScores.rows(values, 2);

        assertThat(rows).extracting(Prediction::isFinite).containsExactly(true, false, true);
        assertThat(rows.get(0).scores().top(2)).containsExactly(1, 0);
        assertThat(rows.get(1).scores().top(1)).containsExactly(0);
        assertThat(rows.get(2).scores().values()).containsExactly(0.6f, 0.4f);
        assertThatThrownBy(() -> rows.get(0).scores().at(2))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aClassifierHasClasses() {
        assertThatThrownBy(() -> new ClassScores(new float[0]))
                .hasMessage("a classifier has one class or more");
    }
}
