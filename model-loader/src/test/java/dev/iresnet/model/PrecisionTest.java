package dev.iresnet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.iresnet.tensorflow.TensorFlowProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrecisionTest {
    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

    @TempDir Path folder;

    @BeforeEach
    void onTheCpu() {
        assumeThat(TensorFlowProcess.device()).startsWith("CPU");
    }

    @Test
    void bfloat16RunsWhereTheProcessorHasIt() throws IOException {
        assumeThat(PROCESSOR).exists();
        assumeThat(Files.readString(PROCESSOR)).contains("avx512_bf16");
        ModelDirectory directory = TestModels.export(folder);
        List<ByteBuffer> crops = List.of(TestModels.crop(1), TestModels.crop(2));

        try (Model exact = ModelLoader.load(directory, new LoadOptions(2));
                Model rounded =
                        ModelLoader.load(directory, new LoadOptions(2, Precision.BFLOAT16))) {
            float[] expected = exact.classify(crops).values();
            float[] actual = rounded.classify(crops).values();

            assertThat(TestModels.distance(actual, expected)).isBetween(1e-5, 0.1);
        }
    }

    @Test
    void float16IsRefusedOnTheCpuRatherThanReplacedInSilence() {
        ModelDirectory directory = TestModels.export(folder);

        assertThatThrownBy(() -> ModelLoader.load(directory, new LoadOptions(1, Precision.FLOAT16)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("float16 is not to be had on CPU:0: only 0 of")
                .hasMessageEndingWith("use float32");
    }
}
