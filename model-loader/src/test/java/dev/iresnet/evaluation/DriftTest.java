package dev.iresnet.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.iresnet.model.ClassScores;
import dev.iresnet.model.Detections;
import dev.iresnet.model.Detections.Box;
import dev.iresnet.model.Detections.Detection;
import dev.iresnet.model.Prediction;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftTest {
    private final Drift drift = new Drift();

    @Test
    void measuresHowFarAnswersMoved() {
        drift.add(scores(0.6f, 0.8f), scores(0.6f, 0.8f));
        drift.add(scores(0.75f, 0.25f), scores(0.25f, 0.75f));

        assertThat(drift.pictures()).isEqualTo(2);
        assertThat(drift.largest()).isEqualTo(0.5);
        assertThat(drift.relativeError()).isCloseTo(Math.sqrt(0.5 / 1.625), within(1e-7));
        assertThat(drift.agreement()).isEqualTo(0.5);
    }

    @Test
    void whatIsNoNumberIsNoAgreement() {
        drift.add(scores(1, 0), scores(Float.NaN, 0));
        drift.add(scores(1, 0), scores(1, 0));

        assertThat(drift.largest()).isNaN();
        assertThat(drift.relativeError()).isNaN();
    }

    @Test
    void refusesAnswersForDifferentPictures() {
        assertThatThrownBy(() -> drift.add(scores(1, 0), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAnswersForDifferentClasses() {
        assertThatThrownBy(() -> drift.add(scores(1, 0), scores(1, 0, 0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** However the boxes are ordered: two of nearly equal scores may change places. */
    @Test
    void comparesEachBoxWithTheOneThatItBecame() {
        drift.add(
                boxes(box(1, 0.75f, 0, 10), box(1, 0.5f, 40, 60)),
                boxes(box(1, 0.625f, 40, 60), box(1, 0.5f, 0, 12)));

        assertThat(drift.largest()).isEqualTo(0.25);
        assertThat(drift.largestShift()).isEqualTo(2);
        assertThat(drift.agreement()).isEqualTo(1);
    }

    @Test
    void aBoxThatOneSideLacksIsNoAgreement() {
        drift.add(boxes(box(1, 0.5f, 0, 10)), boxes());
        drift.add(boxes(), boxes(box(1, 0.25f, 0, 10)));
        // of another class, and elsewhere
        drift.add(boxes(box(1, 0.125f, 0, 10)), boxes(box(2, 0.125f, 0, 10)));
        drift.add(boxes(box(1, 0.125f, 0, 10)), boxes(box(1, 0.125f, 20, 30)));
        drift.add(boxes(), boxes());

        assertThat(drift.largest()).isEqualTo(0.5);
        assertThat(drift.largestShift()).isZero();
        assertThat(drift.agreement()).isEqualTo(0.2);
    }

    private static Detection box(int index, float score, float from, float to) {
        return new Detection(index, score, new Box(from, from, to, to));
    }

    private static List<Prediction> boxes(Detection... found) {
        return List.of(new Detections(List.of(found)));
    }

    private static List<Prediction> scores(float... values) {
        return List.of(new ClassScores(values));
    }
}
