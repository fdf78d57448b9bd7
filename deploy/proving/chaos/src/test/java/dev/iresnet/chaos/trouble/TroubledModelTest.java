package dev.iresnet.chaos.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.DeviceMemoryException;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Scores;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TroubledModelTest {

    @TempDir Path directory;

    /** Gives each crop one class. */
    private static final class OneClass implements Model {
        @Override
        public ModelDescription description() {
            return new ModelDescription(
                    "one",
                    1,
                    "ab".repeat(32),
                    List.of("thing"),
                    new Preprocessing(
                            1,
                            1,
                            Preprocessing.Resize.STRETCH,
                            1,
                            List.of(0f, 0f, 0f),
                            List.of(1f, 1f, 1f)));
        }

        @Override
        public Scores classify(List<ByteBuffer> crops) {
            float[] ones = new float[crops.size()];
            java.util.Arrays.fill(ones, 1);
            return new Scores(1, ones);
        }

        @Override
        public void close() {}
    }

    @Test
    void withoutAnOrderItIsTheModel() {
        assertThat(model().classify(crops(4)).rows()).isEqualTo(4);
        assertThat(device().evidence()).isEmpty();
    }

    @Test
    void aDeviceThatFailsIsFatalAndTellsOfIt() {
        device().on("FAILS");

        assertThatThrownBy(() -> model().classify(crops(4)))
                .isExactlyInstanceOf(ModelException.class);
        assertThat(device().evidence()).hasSize(1);
    }

    @Test
    void aDeviceWithoutMemoryTakesOneFrame() {
        device().on("OUT_OF_MEMORY");

        assertThatThrownBy(() -> model().classify(crops(2)))
                .isInstanceOf(DeviceMemoryException.class);
        assertThat(device().evidence()).hasSize(1);
        assertThat(model().classify(crops(1)).rows()).isEqualTo(1);
        assertThat(device().evidence()).as("one frame is no proof").hasSize(1);
    }

    @Test
    void aSteadyDeviceAnswersAndTellsOfEachBatch() {
        device().on("STEADY");

        assertThat(model().classify(crops(1)).rows()).isEqualTo(1);
        assertThat(model().classify(crops(4)).rows()).isEqualTo(4);
        assertThat(device().evidence()).hasSize(2);
    }

    @Test
    void aSlowDeviceAnswersAllTheSame() {
        device().on("SLOW");

        assertThat(model().classify(crops(3)).rows()).isEqualTo(3);
        assertThat(device().evidence()).hasSize(1);
    }

    private Model model() {
        return new TroubledModel(new OneClass(), device());
    }

    private Switch device() {
        return new Switch(directory, DeviceTrouble.SWITCH);
    }

    private static List<ByteBuffer> crops(int count) {
        return Collections.nCopies(count, ByteBuffer.allocateDirect(3));
    }
}
