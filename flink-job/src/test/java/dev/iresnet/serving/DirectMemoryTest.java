package dev.iresnet.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.model.ModelException;
import dev.iresnet.serving.batch.BatchPolicy;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DirectMemoryTest {
    private static final int MIB = 1 << 20;

    /** 2 x 2 x 32 + 4 crops. */
    private static final EngineOptions OPTIONS =
            new EngineOptions(4, 2, new BatchPolicy(32, Duration.ZERO), new Labeling(1, 0));

    @Test
    void takesAPoolThatFitsExactly() {
        DirectMemory memory = new DirectMemory(140L * MIB, 8L * MIB);

        assertThatCode(() -> memory.mustFit(OPTIONS, MIB)).doesNotThrowAnyException();
        assertThatThrownBy(() -> memory.mustFit(OPTIONS, MIB + 1))
                .isInstanceOf(ModelException.class);
    }

    @Test
    void saysTheSumAndWhatToChange() {
        assertThatThrownBy(() -> new DirectMemory(128L * MIB, 28L * MIB).mustFit(OPTIONS, MIB))
                .hasMessage(
                        "132 crops (2 x device.threads 2 x batch.max-size 32 + decode.threads 4)"
                                + " of 1048576 bytes take 132 MiB of direct memory, and 100 of 128"
                                + " MiB are free: lower batch.max-size, device.threads or"
                                + " decode.threads, or raise"
                                + " taskmanager.memory.task.off-heap.size by 32 MiB");
    }

    @Test
    void seesWhatThisProcessTakes() {
        ByteBuffer held = ByteBuffer.allocateDirect(8 * MIB);

        DirectMemory now = DirectMemory.now();

        assertThat(now.used()).isBetween((long) held.capacity(), now.limit());
    }

    @Test
    void anEngineWhosePoolCannotFitDoesNotStart() {
        Host narrow =
                new Host(
                        Rig.CLOCKS,
                        Duration.ofSeconds(30),
                        Rig.NO_HALT,
                        () -> new DirectMemory(1_000, 0));

        assertThatThrownBy(() -> new Rig(FakeModel.open(), OPTIONS, narrow))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("taskmanager.memory.task.off-heap.size");
    }
}
