package dev.iresnet.chaos.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.model.DetectionChoice;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.Precision;
import dev.iresnet.model.Sample;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class IdleClipsTest {

    @Test
    void takesClipsAndComputesNothing() {
        try (Model model =
                new IdleClips(32, 8)
                        .load(
                                Path.of(""),
                                new LoadOptions(4, Precision.FLOAT32, DetectionChoice.NONE))) {
            assertThat(model.description().sampleBytes()).isEqualTo(8 * 32 * 32 * 3);
            assertThat(model.predict(Collections.nCopies(3, Sample.black(model.description()))))
                    .hasSize(3);
        }
    }
}
