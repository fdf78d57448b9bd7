package dev.iresnet.chaos.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.iresnet.model.ClassScores;
import dev.iresnet.model.Prediction;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirmnessTest {
    private static final ClassScores CLOSE = scores(0.50f, 0.49f, 0.01f);
    private static final ClassScores CLEAR = scores(0.1f, 0.8f, 0.1f);

    @Test
    void aLeadOfManyTimesTheMovementIsFirm() {
        assertThat(new Firmness(1e-4).isFirm(CLOSE)).isTrue();
        assertThat(new Firmness(1e-3).isFirm(CLOSE)).isFalse();
        assertThat(new Firmness(1e-3).isFirm(CLEAR)).isTrue();
    }

    @Test
    void aTieIsNotFirmThoughNothingMoved() {
        assertThat(new Firmness(0).isFirm(scores(0.5f, 0.5f))).isFalse();
    }

    @Test
    void theDistanceIsTheFurthestOfAll() {
        List<Prediction> all = List.of(CLOSE, CLEAR);
        List<Prediction> other = List.of(CLOSE, scores(0.1f, 0.7f, 0.2f));

        assertThat(Firmness.distance(all, other)).isCloseTo(0.1, within(1e-6));
        assertThat(Firmness.distance(all, all)).isZero();
    }

    private static ClassScores scores(float... values) {
        return new ClassScores(values);
    }
}
