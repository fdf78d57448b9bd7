package dev.iresnet.model.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.image.CropGeometry;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.DetectionRule;
import dev.iresnet.model.Detections;
import dev.iresnet.model.Detections.Detection;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Sample;
import dev.iresnet.model.Task;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

class SsdHeadTest {
    private static final Preprocessing RULE = Preprocessing.IMAGENET.stretchedTo(100);

    /** A picture of 200x50 pixels, stretched to 100x100. */
    private static final Sample SAMPLE =
            new Sample(
                    ByteBuffer.allocateDirect(RULE.cropBytes()),
                    new CropGeometry(200, 50, 2, 0.5, 0, 0));

    private static SsdHead head(DetectionRule rule) {
        return new SsdHead(
                new ModelDescription(
                        "m",
                        1,
                        "0".repeat(64),
                        Task.DETECTION,
                        List.of("cat", "dog"),
                        RULE,
                        Optional.of(rule),
                        Optional.empty()));
    }

    private static Detections told(DetectionRule rule, float[] boxes, float[] scores) {
        try (TFloat32 corners = tensor(boxes, boxes.length / 4, 4);
                TFloat32 values = tensor(scores, scores.length / 2, 2)) {
            return (Detections)
                    head(rule).predictions(List.of(corners, values), List.of(SAMPLE)).get(0);
        }
    }

    private static TFloat32 tensor(float[] values, long boxes, long each) {
        return TFloat32.tensorOf(Shape.of(1, boxes, each), DataBuffers.of(values));
    }

    @Test
    void givesPixelsOfThePictureBestFirst() {
        Detections told =
                told(
                        DetectionRule.SSD300,
                        new float[] {0.125f, 0.25f, 0.5f, 0.75f, -1, 0.5f, 0.5f, 3},
                        new float[] {0.3f, 0.04f, 0, 0.9f});

        assertThat(told.objects()).extracting(Detection::index).containsExactly(1, 0);
        assertThat(told.objects().get(0).box()).isEqualTo(new Detections.Box(0, 25, 100, 50));
        assertThat(told.objects().get(1).box())
                .isEqualTo(new Detections.Box(25, 12.5f, 100, 37.5f));
    }

    /** Clipped first they would be one box; as they are they overlap by less than half. */
    @Test
    void boxesAreComparedBeforeTheyAreClipped() {
        Detections told =
                told(
                        DetectionRule.SSD300,
                        new float[] {0, 0, 1, 1, 0, 0, 1, 3},
                        new float[] {0.9f, 0, 0.8f, 0});

        assertThat(told.objects()).hasSize(2);
        assertThat(told.objects().get(0).box()).isEqualTo(told.objects().get(1).box());
    }

    @Test
    void ofBoxesOfOneClassTheBetterIsKeptAndOfOthersAll() {
        float[] boxes = {0, 0, 1, 1, 0, 0, 1, 0.9f};
        assertThat(told(DetectionRule.SSD300, boxes, new float[] {0.8f, 0, 0.9f, 0}).objects())
                .extracting(Detection::score)
                .containsExactly(0.9f);
        assertThat(told(DetectionRule.SSD300, boxes, new float[] {0.8f, 0, 0, 0.9f}).objects())
                .hasSize(2);
    }

    @Test
    void keepsNoMoreThanTheRuleSays() {
        float[] boxes = {0, 0, 0.1f, 0.1f, 0.5f, 0.5f, 0.6f, 0.6f, 0.8f, 0.8f, 0.9f, 0.9f};
        float[] scores = {0.5f, 0, 0.6f, 0, 0.7f, 0};
        assertThat(told(new DetectionRule(0.05f, 0.5f, 2, 200), boxes, scores).objects())
                .extracting(Detection::score)
                .containsExactly(0.7f, 0.6f);
        assertThat(told(new DetectionRule(0.05f, 0.5f, 200, 1), boxes, scores).objects())
                .hasSize(1);
    }

    @Test
    void leavesOutBoxesOutsideThePicture() {
        Detections told =
                told(DetectionRule.SSD300, new float[] {1.5f, 0, 2, 1}, new float[] {0.9f, 0});
        assertThat(told.objects()).isEmpty();
        assertThat(told.isFinite()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void saysThatAnOutputIsNotFinite(float bad) {
        float[] scores = {0.9f, 0};
        assertThat(told(DetectionRule.SSD300, new float[] {0, 0, bad, 1}, scores).isFinite())
                .isFalse();
        assertThat(told(DetectionRule.SSD300, new float[] {0, 0, 1, 1}, new float[] {bad, 0}))
                .returns(false, Detections::isFinite);
    }

    /** A score below 0 is no box, one above 1 is as sure as can be. */
    @Test
    void takesScoresThatRoundingMovedOutOfTheirRange() {
        Detections told =
                told(
                        DetectionRule.SSD300,
                        new float[] {0, 0, 1, 1},
                        new float[] {1.0000001f, -0.1f});
        assertThat(told.objects()).extracting(Detection::score).containsExactly(1f);
    }

    @Test
    void refusesOtherShapesAndFarTooManyBoxes() {
        SsdHead head = head(DetectionRule.SSD300);
        try (TFloat32 boxes = tensor(new float[8], 2, 4);
                TFloat32 scores = tensor(new float[6], 2, 3);
                Tensor manyBoxes = Tensor.of(TFloat32.class, Shape.of(1, 1_000_000, 4));
                Tensor manyScores = Tensor.of(TFloat32.class, Shape.of(1, 1_000_000, 2))) {
            assertThatThrownBy(() -> head.predictions(List.of(boxes, scores), List.of(SAMPLE)))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("m gives an output of shape [1, 2, 3]");
            assertThatThrownBy(
                            () -> head.predictions(List.of(manyBoxes, manyScores), List.of(SAMPLE)))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("B at most 200000");
            assertThatThrownBy(() -> head.predictions(List.of(boxes), List.of(SAMPLE)))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("m gives 1 outputs");
        }
    }
}
