package dev.iresnet.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.types.TString;

class BytesTensorTest {

    private static byte[] noise(int count) {
        byte[] bytes = new byte[count];
        new SplittableRandom(count).nextBytes(bytes);
        return bytes;
    }

    private static byte[] content(ByteBuffer bytes) {
        try (TString tensor = BytesTensor.of(bytes)) {
            return tensor.asBytes().getObject();
        }
    }

    /** TensorFlow keeps up to 22 bytes in the string itself. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 22, 23, 24, 1000, 300_000})
    void hasTheBytes(int count) {
        byte[] bytes = noise(count);

        assertThat(content(ByteBuffer.wrap(bytes))).isEqualTo(bytes);
    }

    @Test
    void takesThoseBetweenPositionAndLimitOnly() {
        byte[] record = noise(1000);
        ByteBuffer picture = ByteBuffer.wrap(record).position(100).slice().position(50).limit(700);

        assertThat(content(picture)).isEqualTo(Arrays.copyOfRange(record, 150, 800));
        assertThat(picture.position()).isEqualTo(50);
        assertThat(picture.remaining()).isEqualTo(650);
    }

    @Test
    void takesBytesThatAreNoArray() {
        byte[] bytes = noise(1000);
        ByteBuffer direct = ByteBuffer.allocateDirect(1000).put(bytes).position(10);

        assertThat(content(direct)).isEqualTo(Arrays.copyOfRange(bytes, 10, 1000));
        assertThat(content(ByteBuffer.wrap(bytes).asReadOnlyBuffer())).isEqualTo(bytes);
    }

    @Test
    void keepsItsOwnCopy() {
        byte[] bytes = noise(100);
        byte[] before = bytes.clone();
        try (TString tensor = BytesTensor.of(ByteBuffer.wrap(bytes))) {
            Arrays.fill(bytes, (byte) 0);

            assertThat(tensor.asBytes().getObject()).isEqualTo(before);
        }
    }
}
