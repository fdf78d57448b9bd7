package dev.iresnet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.image.CropGeometry;
import dev.iresnet.model.Detections.Box;
import dev.iresnet.model.Detections.Detection;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetectionsTest {
    private static final Box BOX = new Box(1, 2, 3, 4);

    @Test
    void bestComesFirst() {
        assertThat(new Detections(List.of()).isFinite()).isTrue();
        assertThatThrownBy(
                        () ->
                                new Detections(
                                        List.of(
                                                new Detection(0, 0.5f, BOX),
                                                new Detection(1, 0.6f, BOX))))
                .hasMessage("detections must be ordered, best first");
    }

    @Test
    void valuesHaveRanges() {
        assertThatThrownBy(() -> new Detection(-1, 0.5f, BOX)).hasMessageContaining("got -1");
        assertThatThrownBy(() -> new Detection(0, 1.5f, BOX)).hasMessageContaining("got 1.5");
        assertThatThrownBy(() -> new Box(4, 2, 3, 4)).hasMessageContaining("4.0, 2.0");
        assertThatThrownBy(() -> new Box(1, 5, 3, 4)).hasMessageContaining("1.0, 5.0");
    }

    @Test
    void tellsDetectionsThatOverflowed() {
        Box nowhere = new Box(1, 2, Float.NaN, 4);

        assertThat(new Detections(List.of(new Detection(0, 0.5f, BOX))).isFinite()).isTrue();
        assertThat(new Detections(List.of(new Detection(0, Float.NaN, BOX))).isFinite()).isFalse();
        assertThat(new Detections(List.of(new Detection(0, 0.5f, nowhere))).isFinite()).isFalse();
    }

    @Test
    void boxesAreBroughtToThePicture() {
        CropGeometry crop = new CropGeometry(640, 480, 2, 2, 96, 16);

        assertThat(new Box(10, 20, 30, 40).inPicture(crop)).isEqualTo(new Box(116, 56, 156, 96));
        assertThat(new Box(-100, -100, 1000, 1000).inPicture(crop))
                .isEqualTo(new Box(0, 0, 640, 480));
    }

    @Test
    void areNoScoresOfClasses() {
        assertThatThrownBy(new Detections(List.of())::scores)
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("does not classify");
    }
}
