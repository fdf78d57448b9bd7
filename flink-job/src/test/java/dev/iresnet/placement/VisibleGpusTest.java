package dev.iresnet.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VisibleGpusTest {
    @TempDir Path folder;

    @Test
    void thereAreNoneWithoutADriver() {
        assertThat(VisibleGpus.count(folder.resolve("gpus"), Map.of())).isZero();
    }

    @Test
    void withoutAMaskAllAreSeen() throws IOException {
        four();

        assertThat(VisibleGpus.count(folder, Map.of())).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "'0, 3', 2", "'', 0", "-1, 0", "'1,-1,2', 1", "GPU-8932f937, 1"})
    void aMaskLeavesThoseItNames(String mask, int seen) throws IOException {
        four();

        assertThat(VisibleGpus.count(folder, Map.of("CUDA_VISIBLE_DEVICES", mask))).isEqualTo(seen);
    }

    private void four() throws IOException {
        for (int gpu = 0; gpu < 4; gpu++) {
            Files.createDirectory(folder.resolve("0000:0" + gpu + ":00.0"));
        }
    }
}
