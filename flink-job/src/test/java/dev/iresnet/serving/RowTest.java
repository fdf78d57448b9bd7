package dev.iresnet.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.model.ClassScores;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class RowTest {

    @Property
    void bestIsWhatAStableSortWouldGive(
            @ForAll @Size(min = 1, max = 40) List<@FloatRange(min = 0, max = 1) Float> values,
            @ForAll @IntRange(min = 1, max = 50) int count) {
        float[] scores = new float[values.size()];
        IntStream.range(0, scores.length).forEach(i -> scores[i] = values.get(i));

        int[] best = new Row(new ClassScores(scores)).best(count);

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
        Row row = new Row(new ClassScores(new float[] {0.2f, 0.3f, 0.2f, 0.3f}));

        assertThat(row.best(4)).containsExactly(1, 3, 0, 2);
        assertThat(row.best(3)).containsExactly(1, 3, 0);
    }

    @Test
    void tellsScoresThatAreNotFinite() {
        assertThat(row(Float.NaN, 0).isFinite()).isFalse();
        assertThat(row(0.4f, 0.6f).isFinite()).isTrue();
        assertThat(row(1, Float.MAX_VALUE).isFinite()).isTrue();
        assertThat(row(0, Float.POSITIVE_INFINITY).isFinite()).isFalse();
    }

    private static Row row(float... scores) {
        return new Row(new ClassScores(scores));
    }
}
