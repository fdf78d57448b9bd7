package dev.iresnet.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A picture of a format that is not read is refused by the format's name. */
class EncodingTest {

    @ParameterizedTest
    @CsvSource({
        "WebP, 52494646 1a000000 57454250 56503820",
        "AVIF, 0000001c 66747970 61766966 00000000",
        "HEIC, 00000018 66747970 68656963 00000000",
        "HEIC, 00000018 66747970 6d696631 00000000",
        "GIF, 474946383961 0100 0100",
        "BMP, 424d 3a000000 00000000 36000000 28000000 01000000",
        "TIFF, 49492a00 08000000",
        "TIFF, 4d4d002a 00000008",
        "JPEG 2000, 0000000c 6a502020 0d0a870a",
        "JPEG 2000, ff4fff51 002f",
        "JPEG XL, ff0a",
        "JPEG XL, 0000000c 4a584c20 0d0a870a"
    })
    void namesTheFormat(String name, String hex) {
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
        String words = "it is " + name + ", which is not read: convert it to JPEG or PNG";
        assertThatThrownBy(() -> Encoding.require(bytes))
                .isInstanceOf(ImageException.class)
                .hasMessage("neither a JPEG nor a PNG; " + words);
        assertThatThrownBy(() -> JpegHeader.check(bytes, DecodeLimits.DEFAULT))
                .hasMessageContaining(words);
        assertThatThrownBy(() -> PngHeader.essential(bytes, DecodeLimits.DEFAULT))
                .hasMessageContaining(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "B", "BMW is a maker of cars and of motorcycles", "RIFFxxxxWAVE"})
    void namesNothingElse(String text) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        assertThat(Encoding.advice(bytes)).isEmpty();
    }

    @Test
    void namesAPictureUnderTheNameOfAnother() throws ImageException {
        ByteBuffer jpeg = ByteBuffer.wrap(Pictures.read("tiny.jpg"));
        assertThat(Encoding.require(jpeg)).isEqualTo(Encoding.JPEG);
        assertThatThrownBy(() -> PngHeader.essential(jpeg, DecodeLimits.DEFAULT))
                .hasMessageEndingWith("; it begins as a JPEG");
    }
}
