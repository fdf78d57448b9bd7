package dev.iresnet.model.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.iresnet.image.CropGeometry;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.DetectionRule;
import dev.iresnet.model.Detections;
import dev.iresnet.model.Detections.Box;
import dev.iresnet.model.Detections.Detection;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Sample;
import dev.iresnet.model.Task;
import dev.iresnet.model.card.BoxFormat;
import dev.iresnet.model.card.ServedDetections;
import dev.iresnet.model.card.ServedSignature;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

class ServedDetectorHeadTest {
    /** 100 wide and 50 high. */
    private static final Preprocessing INPUT =
            new Preprocessing(
                    100,
                    50,
                    Preprocessing.Resize.STRETCH,
                    50,
                    List.of(0f, 0f, 0f),
                    List.of(1f, 1f, 1f));

    /** A picture of 200x200 pixels. */
    private static final Sample SAMPLE =
            new Sample(
                    ByteBuffer.allocateDirect(INPUT.cropBytes()),
                    new CropGeometry(200, 200, 2, 4, 0, 0));

    private static final float[] WHOLE = {0, 0, 1, 1};

    private static ServedDetectorHead head(BoxFormat format, DetectionRule rule, boolean chosen) {
        return head(format, rule, chosen, false);
    }

    private static ServedDetectorHead head(
            BoxFormat format, DetectionRule rule, boolean chosen, boolean trial) {
        return new ServedDetectorHead(
                new ModelDescription(
                        "m",
                        1,
                        "0".repeat(64),
                        Task.DETECTION,
                        List.of("cat", "dog"),
                        INPUT,
                        Optional.of(rule),
                        Optional.empty()),
                new ServedDetections(
                        "b",
                        format,
                        "s",
                        ServedSignature.Kind.PROBABILITIES,
                        1,
                        chosen
                                ? Optional.of(new ServedDetections.Chosen("c", "n"))
                                : Optional.empty()),
                trial);
    }

    private static Tensor tensor(Shape shape, float... values) {
        return TFloat32.tensorOf(shape, DataBuffers.of(values));
    }

    private static Detections told(ServedDetectorHead head, Tensor... outputs) {
        try {
            return (Detections) head.predictions(List.of(outputs), List.of(SAMPLE)).get(0);
        } finally {
            Stream.of(outputs).forEach(Tensor::close);
        }
    }

    /** Of a network that chooses; all of its boxes count. */
    private static Detections chosen(
            DetectionRule rule, float[] boxes, float[] scores, float... classes) {
        return chosen(head(BoxFormat.REL_YXYX, rule, true), boxes, scores, classes);
    }

    private static Detections chosen(
            ServedDetectorHead head, float[] boxes, float[] scores, float... classes) {
        int n = scores.length;
        return told(
                head,
                tensor(Shape.of(1, n, 4), boxes),
                tensor(Shape.of(1, n), scores),
                tensor(Shape.of(1, n), classes),
                tensor(Shape.of(1), n));
    }

    @ParameterizedTest
    @EnumSource
    void readsABoxInEachFormat(BoxFormat format) {
        float[] box =
                switch (format) {
                    case XYXY -> new float[] {10, 20, 40, 30};
                    case YXYX -> new float[] {20, 10, 30, 40};
                    case XYWH -> new float[] {10, 20, 30, 10};
                    case CENTER_XYWH -> new float[] {25, 25, 30, 10};
                    case REL_XYXY -> new float[] {0.1f, 0.4f, 0.4f, 0.6f};
                    case REL_YXYX -> new float[] {0.4f, 0.1f, 0.6f, 0.4f};
                    case REL_XYWH -> new float[] {0.1f, 0.4f, 0.3f, 0.2f};
                    case REL_CENTER_XYWH -> new float[] {0.25f, 0.5f, 0.3f, 0.2f};
                };

        Box told =
                told(
                                head(format, DetectionRule.SUPPRESSED, false),
                                tensor(Shape.of(1, 1, 4), box),
                                tensor(Shape.of(1, 1, 3), 0, 0.9f, 0))
                        .objects()
                        .get(0)
                        .box();

        assertThat(told.xMin()).isCloseTo(20, within(1e-4f));
        assertThat(told.yMin()).isCloseTo(80, within(1e-4f));
        assertThat(told.xMax()).isCloseTo(80, within(1e-4f));
        assertThat(told.yMax()).isCloseTo(120, within(1e-4f));
    }

    @Test
    void clipsBoxesAndLeavesOutWhatLiesOutside() {
        Detections told =
                chosen(
                        DetectionRule.SUPPRESSED,
                        new float[] {-1, -1, 0.5f, 0.5f, 2, 2, 3, 3},
                        new float[] {0.8f, 0.9f},
                        1,
                        1);

        assertThat(told.objects()).containsExactly(new Detection(0, 0.8f, new Box(0, 0, 100, 100)));
    }

    @Test
    void takesOnlyTheBoxesThatCount() {
        Detections told =
                told(
                        head(BoxFormat.REL_YXYX, DetectionRule.SUPPRESSED, true),
                        tensor(Shape.of(1, 2, 4), 0, 0, 1, 1, Float.NaN, 0, 0, 0),
                        tensor(Shape.of(1, 2), 0.5f, -1),
                        tensor(Shape.of(1, 2), 2, -1),
                        tensor(Shape.of(1), 1));

        assertThat(told.objects()).containsExactly(new Detection(1, 0.5f, new Box(0, 0, 200, 200)));
    }

    /** A network that fills all places: those that it does not need have scores of 0. */
    @Test
    void aScoreOfZeroNeedsNoClass() {
        float[] boxes = {0, 0, 1, 1, 0, 0, 0, 0};
        assertThat(chosen(DetectionRule.SUPPRESSED, boxes, new float[] {0.5f, 0}, 2, 0).objects())
                .hasSize(1);
    }

    @Test
    void theNetworksOwnChoiceStaysUnlessTheUserWantsLess() {
        float[] boxes = {0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 0.9f};
        float[] scores = {0.9f, 0.9f, 0.2f};
        assertThat(chosen(DetectionRule.SUPPRESSED, boxes, scores, 1, 1, 1).objects()).hasSize(3);
        assertThat(chosen(new DetectionRule(0.2f, 1, 200, 200), boxes, scores, 1, 1, 1).objects())
                .hasSize(2);
        assertThat(chosen(new DetectionRule(0, 1, 1, 200), boxes, scores, 1, 1, 1).objects())
                .hasSize(1);
        assertThat(chosen(new DetectionRule(0, 0.5f, 200, 200), boxes, scores, 1, 1, 2).objects())
                .extracting(Detection::index)
                .containsExactly(0, 1);
    }

    @Test
    void suppressesBoxesThatHaveAScoreOfEachClass() {
        Detections told =
                told(
                        head(BoxFormat.REL_YXYX, DetectionRule.SSD300, false),
                        tensor(Shape.of(1, 2, 4), 0, 0, 1, 1, 0, 0, 1, 0.9f),
                        tensor(Shape.of(1, 2, 3), 1, 0.5f, 0.3f, 1, 0.6f, 0.01f));

        assertThat(told.objects())
                .containsExactly(
                        new Detection(0, 0.6f, new Box(0, 0, 180, 200)),
                        new Detection(1, 0.3f, new Box(0, 0, 200, 200)));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void saysThatAnOutputIsNotFinite(float bad) {
        DetectionRule rule = DetectionRule.SUPPRESSED;
        assertThat(chosen(rule, new float[] {0, 0, bad, 1}, new float[] {0.9f}, 1).isFinite())
                .isFalse();
        assertThat(chosen(rule, WHOLE, new float[] {bad}, 1).isFinite()).isFalse();
        assertThat(chosen(rule, WHOLE, new float[] {0.9f}, bad).isFinite()).isFalse();
        Detections scored =
                told(
                        head(BoxFormat.REL_YXYX, rule, false),
                        tensor(Shape.of(1, 1, 4), WHOLE),
                        tensor(Shape.of(1, 1, 3), 0, bad, 0));
        assertThat(scored.isFinite()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                " 0.9 | 3   | 0 | gives a box of class 3.0; its 2 labels are those of classes 1 to 2",
                " 0.9 | 0   | 0 | gives a box of class 0.0",
                " 0.9 | 1.5 | 0 | gives a box of class 1.5",
                "-0.5 | 1   | 0 | gives a score of -0.5, but scores are 0..1",
                " 3   | 1   | 0 | if s are logits, --output-kind says so",
                " 0.9 | 1   | 2 | which ends before it begins: --box-format, now REL_YXYX",
            })
    void whatNoDetectorOfItsFormGivesIsRefusedInATrialAndLaterNotFinite(
            float score, float number, float left, String message) {
        float[] box = {0, left, 1, 1};
        float[] scores = {score};
        assertThatThrownBy(() -> chosen(trial(true), box, scores, number))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(message);
        // below the least score nothing is looked at
        assertThat(chosen(DetectionRule.SUPPRESSED, box, scores, number).isFinite())
                .isEqualTo(score < 0);
    }

    private static ServedDetectorHead trial(boolean chosen) {
        return head(BoxFormat.REL_YXYX, DetectionRule.SUPPRESSED, chosen, true);
    }

    @Test
    void whatIsNotToldIsNotLookedAtButInATrial() {
        float[] boxes = {0, 0, 1, 1, Float.NaN, 2, 0, 1, 0, 0, 1, 1};
        float[] scores = {0.9f, 0.05f, 0.04f};
        assertThat(chosen(DetectionRule.SUPPRESSED, boxes, scores, 1, 7, Float.NaN).objects())
                .hasSize(1);
        Tensor boxesOfEach = tensor(Shape.of(1, 3, 4), boxes);
        // the first column is the background
        Tensor scoresOfEach = tensor(Shape.of(1, 3, 3), 0, 0.9f, 0, 1, 0.05f, 0, 7, 0, -3);
        assertThat(
                        told(
                                        head(BoxFormat.REL_YXYX, DetectionRule.SSD300, false),
                                        boxesOfEach,
                                        scoresOfEach)
                                .objects())
                .hasSize(1);

        assertThat(chosen(trial(true), boxes, scores, 1, 7, 1).isFinite()).isFalse();
        assertThatThrownBy(
                        () ->
                                told(
                                        trial(false),
                                        tensor(Shape.of(1, 1, 4), 2, 0, 1, 1),
                                        tensor(Shape.of(1, 1, 3), 0, 0.01f, 0)))
                .hasMessageContaining("which ends before it begins");
    }

    @ParameterizedTest
    @ValueSource(floats = {-1, 2, 0.5f, Float.NaN})
    void aCountThatIsNoneIsRefusedInATrialAndLaterNotFinite(float count) {
        assertThatThrownBy(() -> counted(trial(true), count))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("m says that %s of 1 boxes count".formatted(count));
        ServedDetectorHead served = head(BoxFormat.REL_YXYX, DetectionRule.SUPPRESSED, true);
        assertThat(counted(served, count).isFinite()).isFalse();
    }

    private static Detections counted(ServedDetectorHead head, float count) {
        return told(
                head,
                tensor(Shape.of(1, 1, 4), WHOLE),
                tensor(Shape.of(1, 1), 0.9f),
                tensor(Shape.of(1, 1), 1),
                tensor(Shape.of(1), count));
    }

    @Test
    void refusesOtherShapesAndFarTooManyBoxes() {
        assertThatThrownBy(
                        () ->
                                told(
                                        head(BoxFormat.REL_YXYX, DetectionRule.SSD300, false),
                                        tensor(Shape.of(1, 1, 4), WHOLE),
                                        tensor(Shape.of(1, 1, 2), 0, 0)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("m gives s of shape [1, 1, 2]; 2 labels from class 1 on")
                .hasMessageContaining("need [1, 1, 3]");
        assertThatThrownBy(
                        () ->
                                told(
                                        head(BoxFormat.REL_YXYX, DetectionRule.SSD300, true),
                                        Tensor.of(TFloat32.class, Shape.of(1, 1_000_000, 4)),
                                        Tensor.of(TFloat32.class, Shape.of(1, 1_000_000)),
                                        Tensor.of(TFloat32.class, Shape.of(1, 1_000_000)),
                                        tensor(Shape.of(1), 0)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("m gives 1000000 boxes for a picture; at most 200000");
    }
}
