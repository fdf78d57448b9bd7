package dev.iresnet.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.config.DeviceConfig;
import dev.iresnet.operator.AssignedGpus;
import dev.iresnet.operator.TaggingException;
import dev.iresnet.placement.Placement.Need;
import dev.iresnet.tensorflow.Gpus;
import dev.iresnet.tensorflow.Gpus.GpuMemory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PlacementTest {

    private static final AssignedGpus NONE_FOUND = new AssignedGpus(true, List.of());
    private static final AssignedGpus TWO = new AssignedGpus(true, List.of("0", "1"));
    private static final AssignedGpus THIRD = new AssignedGpus(true, List.of("2"));
    private static final NvidiaDriver NO_DRIVER = new NvidiaDriver("");

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "GPU"})
    void theGpuThatFlinkAssignsIsTheOnlyOneAndMustBeUsed(DeviceConfig.Kind kind) {
        Placement placement = decide(wanted(kind, ""), THIRD);

        assertThat(placement.gpus()).isEqualTo(new Gpus(true, "2", GpuMemory.AS_NEEDED));
        assertThat(placement.need()).isEqualTo(Need.REQUIRED);
    }

    @Test
    void memoryOptionsGoWithTheGpu() {
        DeviceConfig.Gpu wanted = new DeviceConfig.Gpu(DeviceConfig.Kind.AUTO, "", false, 1L << 30);

        assertThat(decide(wanted, THIRD).gpus())
                .isEqualTo(new Gpus(true, "2", new GpuMemory(false, 1L << 30)));
        assertThat(decide(wanted, AssignedGpus.NONE).gpus().visible()).isEqualTo("0");
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "GPU", "GPU_OR_CPU"})
    void whichOfSeveralMustBeSaid(DeviceConfig.Kind kind) {
        assertThatThrownBy(() -> Placement.decide(wanted(kind, ""), AssignedGpus.NONE, 4))
                .isInstanceOf(TaggingException.class)
                .hasMessageContaining("sees 4 GPUs")
                .hasMessageContaining("device.visible-gpus");
        assertThat(Placement.decide(wanted(kind, "3"), AssignedGpus.NONE, 4).gpus().visible())
                .isEqualTo("3");
        assertThat(Placement.decide(wanted(kind, ""), THIRD, 4).gpus().visible()).isEqualTo("2");
    }

    @Test
    void withoutAnAssignmentTheNamedGpuMustBeUsed() {
        Placement placement = decide(wanted(DeviceConfig.Kind.AUTO, "1"), AssignedGpus.NONE);

        assertThat(placement.gpus().visible()).isEqualTo("1");
        assertThat(placement.need()).isEqualTo(Need.REQUIRED);
    }

    @Test
    void whereNobodyNamesOneTensorFlowTakesWhatItFinds() {
        Placement placement = decide(wanted(DeviceConfig.Kind.AUTO, ""), AssignedGpus.NONE);

        assertThat(placement.gpus()).isEqualTo(Gpus.ALL);
        assertThat(placement.need()).isEqualTo(Need.NOTHING);
    }

    @Test
    void theCpuIsTakenWhateverFlinkAssigns() {
        assertThat(decide(wanted(DeviceConfig.Kind.CPU, ""), TWO).gpus()).isEqualTo(Gpus.NONE);
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "GPU"})
    void anAssignmentThatBroughtNoneIsFatal(DeviceConfig.Kind kind) {
        assertThatThrownBy(() -> decide(wanted(kind, ""), NONE_FOUND))
                .isInstanceOf(TaggingException.class)
                .hasMessageContaining(
                        "asks for a GPU (external-resources: gpu), and none was found")
                .hasMessageContaining("device.kind: gpu-or-cpu");
    }

    @Test
    void anAssignmentThatBroughtNoneMeansTheCpuWhereThatIsAskedFor() {
        Placement placement = decide(wanted(DeviceConfig.Kind.GPU_OR_CPU, ""), NONE_FOUND);

        assertThat(placement.gpus()).isEqualTo(Gpus.NONE);
        assertThatCode(() -> placement.check(Gpus.NONE, "CPU:0", NO_DRIVER))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "GPU", "GPU_OR_CPU"})
    void severalAreTooMany(DeviceConfig.Kind kind) {
        assertThatThrownBy(() -> decide(wanted(kind, ""), TWO))
                .isInstanceOf(TaggingException.class)
                .hasMessageContaining("Flink assigned GPUs 0, 1")
                .hasMessageContaining("external-resource.gpu.amount: 1");
    }

    @Test
    void namingAnotherThanTheAssignedOneIsFatal() {
        assertThatThrownBy(() -> decide(wanted(DeviceConfig.Kind.AUTO, "1"), THIRD))
                .hasMessageContaining("Flink assigned GPU 2")
                .hasMessageContaining("device.visible-gpus is 1: leave it out");
        assertThat(decide(wanted(DeviceConfig.Kind.AUTO, "2"), THIRD).gpus().visible())
                .isEqualTo("2");
    }

    @Test
    void aGpuThatTensorFlowDoesNotTakeIsFatalAndTheReasonIsLookedFor() {
        Placement placement = decide(wanted(DeviceConfig.Kind.AUTO, ""), THIRD);

        assertThatThrownBy(() -> check(placement, "CPU:0", new NvidiaDriver("470.82.01")))
                .isInstanceOf(TaggingException.class)
                .hasMessageStartingWith(
                        "Flink assigned GPU 2 to this TaskManager, and TensorFlow computes on"
                                + " CPU:0: its NVIDIA driver, 470.82.01, is older than 525.60.13")
                .hasMessageContaining("device.kind: gpu-or-cpu");
        assertThatThrownBy(() -> check(placement, "CPU:0", NO_DRIVER))
                .hasMessageContaining("shows no NVIDIA driver");
        assertThatCode(() -> check(placement, "GPU:0", new NvidiaDriver("550.54.15")))
                .doesNotThrowAnyException();
    }

    @Test
    void fallsBackToTheCpuOnlyWhereThatIsAskedFor() {
        Placement either = decide(wanted(DeviceConfig.Kind.GPU_OR_CPU, ""), THIRD);
        Placement any = decide(wanted(DeviceConfig.Kind.GPU, ""), AssignedGpus.NONE);

        assertThatCode(() -> check(either, "CPU:0", NO_DRIVER)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(any, "CPU:0", NO_DRIVER))
                .hasMessageStartingWith("device.kind is gpu, and TensorFlow computes on CPU:0");
    }

    @Test
    void anotherJobsViewOfTheGpusIsFatalWhereItMatters() {
        Placement third = decide(wanted(DeviceConfig.Kind.AUTO, ""), THIRD);
        Placement cpu = decide(wanted(DeviceConfig.Kind.CPU, ""), AssignedGpus.NONE);

        assertThatThrownBy(() -> third.check(Gpus.ALL, "GPU:0", NO_DRIVER))
                .isInstanceOf(TaggingException.class)
                .hasMessageContaining("Another job has set up");
        assertThatThrownBy(() -> cpu.check(Gpus.ALL, "GPU:0", NO_DRIVER))
                .hasMessageContaining("Another job has set up");
        assertThatCode(() -> cpu.check(Gpus.ALL, "CPU:0", NO_DRIVER)).doesNotThrowAnyException();
    }

    private static Placement decide(DeviceConfig.Gpu wanted, AssignedGpus assigned) {
        return Placement.decide(wanted, assigned, 1);
    }

    private static void check(Placement placement, String device, NvidiaDriver driver) {
        placement.check(placement.gpus(), device, driver);
    }

    private static DeviceConfig.Gpu wanted(DeviceConfig.Kind kind, String index) {
        return new DeviceConfig.Gpu(kind, index, true, 0);
    }
}
