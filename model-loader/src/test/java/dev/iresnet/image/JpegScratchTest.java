package dev.iresnet.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class JpegScratchTest {
    private final JpegScratch scratch = new JpegScratch();

    @Property(tries = 100)
    void nothingOfAnotherFileIsBehindAFile(
            @ForAll @IntRange(min = 1, max = 3 << 20) int first,
            @ForAll @IntRange(min = 1, max = 3 << 20) int second) {
        scratch.copy(noise(first));
        ByteBuffer file = noise(second);

        byte[] copy = scratch.copy(file);

        assertThat(ByteBuffer.wrap(copy, 0, second)).isEqualTo(file);
        for (int at = second; at + 1 < copy.length; at += 2) {
            assertThat(copy[at] == (byte) 0xFF && copy[at + 1] == (byte) 0xD9).isTrue();
        }
    }

    @Test
    void filesOfLikeSizeShareAnArray() {
        byte[] array = scratch.copy(noise(100_000));

        assertThat(scratch.copy(noise(120_000))).isSameAs(array);
        assertThat(scratch.copy(noise(140_000))).isNotSameAs(array);
    }

    @Test
    void aLargeFileIsNotKept() {
        byte[] large = scratch.copy(noise((1 << 20) + 1));

        assertThat(large).hasSize((1 << 20) + 1);
        assertThat(scratch.copy(noise((1 << 20) + 1))).isNotSameAs(large);
    }

    private static ByteBuffer noise(int size) {
        byte[] bytes = new byte[size + 9];
        new Random(size).nextBytes(bytes);
        ByteBuffer within = ByteBuffer.wrap(bytes);
        return within.position(5).limit(5 + size).slice();
    }
}
