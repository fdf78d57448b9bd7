package dev.iresnet.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.Guise;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** That a guise is what it says: else the other tests would show the same machine four times. */
@Guise
class GuiseTest {

    @Test
    void thisProcessUsesTheKernelsOfItsGuise() {
        Kernels kernels = Kernels.inUse();

        Optional.ofNullable(System.getenv("ONEDNN_MAX_CPU_ISA"))
                .ifPresent(isa -> assertThat(kernels.isa()).hasToString(isa));
        if ("0".equals(System.getenv("TF_ENABLE_ONEDNN_OPTS"))) {
            assertThat(kernels.onednn()).isFalse();
            assertThat(kernels.fusions()).doesNotContain(Fusion.GROUPED_CONV);
        }
    }
}
