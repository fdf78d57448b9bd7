package dev.iresnet.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.image.DecodeLimits;
import dev.iresnet.operator.TaggingException;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {
    private static final int MIB = 1 << 20;

    @Test
    void takesWhatFitsExactly() {
        NativeMemory memory = new NativeMemory(400L * MIB);
        assertThatCode(() -> memory.mustFit(4, 100L * MIB)).doesNotThrowAnyException();
        assertThatThrownBy(() -> memory.mustFit(4, 100L * MIB + 1))
                .isInstanceOf(TaggingException.class);
    }

    @Test
    void saysTheSumAndWhatToChange() {
        assertThatThrownBy(
                        () ->
                                new NativeMemory(1_000L * MIB)
                                        .mustFit(2, DecodeLimits.DEFAULT.nativeBytes()))
                .hasMessage(
                        "decode.threads 2 x 541 MiB that the largest picture takes while it is"
                                + " decoded (image.max-bytes + 11 bytes for each of"
                                + " image.max-pixels) are 1082 MiB of native memory, and the heap"
                                + " leaves 1000 MiB of this machine or container:"
                                + " lower decode.threads or image.max-pixels, or give it 82 MiB"
                                + " more");
    }

    @Test
    void aHeapLargerThanTheMachineLeavesNothing() {
        assertThatThrownBy(() -> new NativeMemory(-5L * MIB).mustFit(1, MIB))
                .hasMessageContaining("leaves 0 MiB")
                .hasMessageEndingWith("give it 1 MiB more");
    }

    @Test
    void seesThisMachine() {
        assertThat(NativeMemory.now().bytes()).isPositive();
    }
}
