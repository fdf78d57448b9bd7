package dev.iresnet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.inference.Rig;
import dev.iresnet.model.ModelException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectMemoryTest {
    private static final int MIB = 1 << 20;

    /** 2 x 2 x 32 + 4 crops. */
    private static final EngineOptions OPTIONS = Rig.options(4, 2, 32).engine();

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
    void waitsForTheCollectionOfWhatAClosedEngineHasLeft() {
        List<DirectMemory> states =
                List.of(
                        new DirectMemory(140L * MIB, 140L * MIB),
                        new DirectMemory(140L * MIB, 70L * MIB),
                        new DirectMemory(140L * MIB, 8L * MIB));
        AtomicInteger asked = new AtomicInteger();

        DirectMemory settled =
                DirectMemory.settled(
                        () -> states.get(Math.min(asked.getAndIncrement(), 2)), OPTIONS, MIB);

        assertThat(settled).isEqualTo(states.get(2));
        assertThat(asked).hasValue(3);
    }

    @Test
    void aNewEngineIsNotRefusedForTheCropsOfTheClosedOne(@TempDir Path directory) throws Exception {
        Path output = directory.resolve("output");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:MaxDirectMemorySize=12m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Successors.class.getName())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the process's end").isTrue();
            assertThat(output).content().contains("5 engines, one after the other");
        } finally {
            process.destroyForcibly();
        }
    }

    /**
     * Engines that take two thirds of the direct memory each, and are held when they are closed.
     */
    static final class Successors {
        private Successors() {}

        public static void main(String[] arguments) {
            List<InferenceEngine> held = new ArrayList<>();
            EngineOptions options = Rig.options(2, 1, 4).engine();
            for (int i = 0; i < 5; i++) {
                InferenceEngine engine = engine(FakeModel.ofSide(8, 512), options, Host.SYSTEM);
                engine.start();
                engine.close();
                held.add(engine);
            }
            System.out.println(held.size() + " engines, one after the other");
        }
    }

    @Test
    void anEngineWhosePoolCannotFitDoesNotStart() {
        Host narrow =
                new Host(
                        Host.SYSTEM.clocks(),
                        Duration.ofSeconds(30),
                        Host.SYSTEM.halt(),
                        () -> new DirectMemory(1_000, 0));

        assertThatThrownBy(() -> engine(FakeModel.open(), OPTIONS, narrow))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("taskmanager.memory.task.off-heap.size");
    }

    private static InferenceEngine engine(FakeModel model, EngineOptions options, Host host) {
        return new InferenceEngine(model, options, ModelSupply.NONE, host, failure -> {});
    }
}
