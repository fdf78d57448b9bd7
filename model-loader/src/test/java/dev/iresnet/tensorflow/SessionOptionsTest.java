package dev.iresnet.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.tensorflow.Gpus.GpuMemory;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.ConfigProto;

final class SessionOptionsTest {

    @Test
    void seeAllGpusAndTakeTheirMemoryAsItIsNeededByDefault() {
        ConfigProto proto = SessionOptions.DEFAULT.toProto();

        assertThat(proto.getGpuOptions().getVisibleDeviceList()).isEmpty();
        assertThat(proto.getGpuOptions().getAllowGrowth()).isTrue();
        assertThat(proto.getGpuOptions().getExperimental().getVirtualDevicesList()).isEmpty();
        assertThat(proto.getDeviceCountMap()).isEmpty();
    }

    @Test
    void nameTheGpuAndWhatMayBeTakenOfIt() {
        ConfigProto proto = proto(new Gpus(true, "3", new GpuMemory(false, 1536L << 20)));

        assertThat(proto.getGpuOptions().getVisibleDeviceList()).isEqualTo("3");
        assertThat(proto.getGpuOptions().getAllowGrowth()).isFalse();
        assertThat(proto.getGpuOptions().getExperimental().getVirtualDevices(0))
                .satisfies(
                        device -> assertThat(device.getMemoryLimitMbList()).containsExactly(1536f));
    }

    @Test
    void countTheProcessorsThatTheJvmMayUseWhereNoThreadsAreNamed() {
        int processors = Runtime.getRuntime().availableProcessors();

        ConfigProto proto = SessionOptions.DEFAULT.toProto();

        assertThat(proto.getIntraOpParallelismThreads()).isEqualTo(processors);
        assertThat(proto.getInterOpParallelismThreads()).isEqualTo(processors);
        assertThat(proto(Gpus.NONE).getIntraOpParallelismThreads()).isEqualTo(2);
    }

    @Test
    void hideEveryGpu() {
        assertThat(proto(Gpus.NONE).getDeviceCountMap()).containsEntry("GPU", 0);
    }

    @Test
    void refuseWhatMakesNoSense() {
        assertThatThrownBy(() -> new Gpus(true, "gpu0", GpuMemory.AS_NEEDED))
                .hasMessageContaining("'gpu0'");
        assertThatThrownBy(() -> new Gpus(true, "0,1", new GpuMemory(true, 1 << 30)))
                .hasMessageContaining("of one GPU, got '0,1'");
        assertThatThrownBy(() -> new GpuMemory(true, 1000)).hasMessageContaining("got 1000");
        assertThatThrownBy(() -> new SessionOptions(-1, 0, Gpus.ALL)).hasMessageContaining("-1");
    }

    private static ConfigProto proto(Gpus gpus) {
        return new SessionOptions(2, 1, gpus).toProto();
    }
}
