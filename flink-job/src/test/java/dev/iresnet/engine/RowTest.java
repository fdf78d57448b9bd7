package dev.iresnet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.model.Scores;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

final class RowTest {

    @Property
    void bestIsWhatAStableSortWouldGive(
            @ForAll @Size(min = 1, max = 40) List<@FloatRange(min = 0, max = 1) Float> values,
            @ForAll @IntRange(min = 1, max = 50) int count) {
        float[] scores = new float[values.size()];
        IntStream.range(0, scores.length).forEach(i -> scores[i] = values.get(i));

        int[] best = new Row(new Scores(scores.length, scores), 0).best(count);

        int[] sorted =
                IntStream.range(0, scores.length)
                        .boxed()
                        .sorted(Comparator.comparing((Integer i) -> -scores[i]))
                        .limit(count)
                        .mapToInt(Integer::intValue)
                        .toArray();
        assertThat(best).isEqualTo(sorted);
    }

    @Test
    void equalScoresKeepTheOrderOfTheirClasses() {
        Row row = new Row(new Scores(4, new float[] {0.2f, 0.3f, 0.2f, 0.3f}), 0);

        assertThat(row.best(4)).containsExactly(1, 3, 0, 2);
        assertThat(row.best(3)).containsExactly(1, 3, 0);
    }

    @Test
    void readsItsOwnRowOnly() {
        Scores scores = new Scores(2, new float[] {Float.NaN, 0, 0.4f, 0.6f, 1, Float.MAX_VALUE});

        assertThat(new Row(scores, 1).best(2)).containsExactly(1, 0);
        assertThat(new Row(scores, 0).isFinite()).isFalse();
        assertThat(new Row(scores, 1).isFinite()).isTrue();
        assertThat(new Row(scores, 2).isFinite()).isTrue();
    }

    @Test
    void infinityIsNotFinite() {
        Scores scores = new Scores(2, new float[] {0, Float.POSITIVE_INFINITY});

        assertThat(new Row(scores, 0).isFinite()).isFalse();
    }
}
