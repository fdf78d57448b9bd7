package dev.iresnet.chaos.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.iresnet.model.Scores;
import org.junit.jupiter.api.Test;

class FirmnessTest {
    private static final Scores SCORES =
            new Scores(3, new float[] {0.50f, 0.49f, 0.01f, 0.1f, 0.8f, 0.1f});

    @Test
    void aLeadOfManyTimesTheMovementIsFirm() {
        assertThat(new Firmness(1e-4).isFirm(SCORES, 0)).isTrue();
        assertThat(new Firmness(1e-3).isFirm(SCORES, 0)).isFalse();
        assertThat(new Firmness(1e-3).isFirm(SCORES, 1)).isTrue();
    }

    @Test
    void aTieIsNotFirmThoughNothingMoved() {
        Scores tied = new Scores(2, new float[] {0.5f, 0.5f});

        assertThat(new Firmness(0).isFirm(tied, 0)).isFalse();
    }

    @Test
    void theDistanceIsTheFurthestOfAll() {
        Scores other = new Scores(3, new float[] {0.50f, 0.49f, 0.01f, 0.1f, 0.7f, 0.2f});

        assertThat(Firmness.distance(SCORES, other)).isCloseTo(0.1, within(1e-6));
        assertThat(Firmness.distance(SCORES, SCORES)).isZero();
    }
}
