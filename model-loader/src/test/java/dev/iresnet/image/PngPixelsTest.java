package dev.iresnet.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PngPixelsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alpha.png",
                "dot.png",
                "gray-alpha.png",
                "interlaced.png",
                "one-bit.png",
                "palette.png",
                "palette-transparent.png",
                "sixteen-bit.png",
                "transparent-colour.png"
            })
    void foretellsWhatThePixelsOfRealFilesUnpackTo(String name) throws IOException {
        byte[] file = Pictures.read(name);
        ByteBuffer header = ByteBuffer.wrap(file);
        PngPixels pixels =
                new PngPixels(
                        header.getInt(16), header.getInt(20), file[24], file[25], file[28] != 0);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        for (PngChunks.Chunk chunk : PngChunks.split(file)) {
            if (chunk.type().equals("IDAT")) {
                packed.write(chunk.data());
            }
        }
        byte[] unpacked =
                new InflaterInputStream(new ByteArrayInputStream(packed.toByteArray()))
                        .readAllBytes();
        assertThat(pixels.unpackedBytes()).isEqualTo(unpacked.length);
    }

    @Test
    void passesWithoutPixelsTakeNoBytes() {
        assertThat(new PngPixels(1, 1, 8, 2, true).unpackedBytes()).isEqualTo(4);
        assertThat(new PngPixels(8, 8, 8, 0, true).unpackedBytes()).isEqualTo(79);
    }

    @Test
    void theLargestPicturesDoNotOverflow() {
        assertThat(new PngPixels(65_535, 65_535, 16, 6, false).unpackedBytes())
                .isEqualTo(65_535L * (1 + 65_535L * 8));
    }
}
