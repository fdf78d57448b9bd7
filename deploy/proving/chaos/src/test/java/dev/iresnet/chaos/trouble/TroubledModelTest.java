package dev.iresnet.chaos.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.ClassScores;
import dev.iresnet.model.DeviceMemoryException;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
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
        public List<Prediction> predict(List<Sample> crops) {
            float[] ones = new float[crops.size()];
            java.util.Arrays.fill(ones, 1);
            return ClassScores.rows(ones, 1);
        }

        @Override
        public void close() {}
    }

    @Test
    void withoutAnOrderItIsTheModel() {
        assertThat(model().predict(samples(4))).hasSize(4);
        assertThat(device().evidence()).isEmpty();
    }

    @Test
    void aDeviceThatFailsIsFatalAndTellsOfIt() {
        device().on("FAILS");

        assertThatThrownBy(() -> model().predict(samples(4)))
                .isExactlyInstanceOf(ModelException.class);
        assertThat(device().evidence()).hasSize(1);
    }

    @Test
    void aDeviceWithoutMemoryTakesOneFrame() {
        device().on("OUT_OF_MEMORY");

        assertThatThrownBy(() -> model().predict(samples(2)))
                .isInstanceOf(DeviceMemoryException.class);
        assertThat(device().evidence()).hasSize(1);
        assertThat(model().predict(samples(1))).hasSize(1);
        assertThat(device().evidence()).as("one frame is no proof").hasSize(1);
    }

    @Test
    void aSteadyDeviceAnswersAndTellsOfEachBatch() {
        device().on("STEADY");

        assertThat(model().predict(samples(1))).hasSize(1);
        assertThat(model().predict(samples(4))).hasSize(4);
        assertThat(device().evidence()).hasSize(2);
    }

    @Test
    void aSlowDeviceAnswersAllTheSame() {
        device().on("SLOW");

        assertThat(model().predict(samples(3))).hasSize(3);
        assertThat(device().evidence()).hasSize(1);
    }

    private Model model() {
        return new TroubledModel(new OneClass(), device());
    }

    private Switch device() {
        return new Switch(directory, DeviceTrouble.SWITCH);
    }

    private List<Sample> samples(int count) {
        return Collections.nCopies(count, Sample.black(model().description()));
    }
}
