package dev.iresnet.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.iresnet.image.Encoding;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PictureFrameReaderTest {
    private static final byte[] JPEG = HexFormat.of().parseHex("ffd8ffe000104a464946");
    private static final byte[] PNG = HexFormat.of().parseHex("89504e470d0a1a0a0000000d49484452");

    private final PictureFrameReader reader = new PictureFrameReader();

    @Test
    void takesCameraFromKeyAndCaptureTimeFromTimestampAndIdFromPosition() throws FrameException {
        Frame frame = reader.read(Records.of("Tür 7", JPEG, 41));

        assertThat(frame.cameraId()).isEqualTo("Tür 7");
        assertThat(frame.capturedAt()).isEqualTo(Instant.ofEpochMilli(Records.TIMESTAMP));
        assertThat(frame.eventId()).isEqualTo("frames-3-41");
        assertThat(frame.frameNumber()).isEqualTo(-1);
    }

    @Test
    void tellsJpegAndPngByTheirFirstBytesWithoutCopyingThem() throws FrameException {
        assertThat(Records.carried(reader.read(Records.of("door", JPEG, 0))).encoding())
                .isEqualTo(Encoding.JPEG);
        Frame png = reader.read(Records.of("door", PNG, 0));
        assertThat(Records.carried(png).encoding()).isEqualTo(Encoding.PNG);
        assertThat(Records.carried(png).bytes().array()).isSameAs(PNG);
        assertThat(Records.carried(png).bytes()).isEqualTo(ByteBuffer.wrap(PNG));
    }

    @ParameterizedTest
    @CsvSource({
        "INT,00000007,7",
        "INT,000000c8,200",
        "INT,ffffffff,-1",
        "LONG,00000000000000c8,200",
        "UUID,0123456789abcdef0123456789abcdef,01234567-89ab-cdef-0123-456789abcdef",
        "BYTES,0002ff80,0002ff80",
        "TEXT,c3a9,é",
    })
    void readsKeysThatAreNoText(KeyFormat format, String key, String camera) throws FrameException {
        RawRecord record =
                new RawRecord(
                        "frames",
                        3,
                        0,
                        Records.TIMESTAMP,
                        HexFormat.of().parseHex(key),
                        JPEG,
                        List.of());
        assertThat(new PictureFrameReader(format).read(record).cameraId()).isEqualTo(camera);
    }

    @Test
    void readsAUuidThatIsText() throws FrameException {
        String uuid = "01234567-89ab-cdef-0123-456789abcdef";
        assertThat(
                        new PictureFrameReader(KeyFormat.UUID)
                                .read(Records.of(uuid, JPEG, 0))
                                .cameraId())
                .isEqualTo(uuid);
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyFormat.class,
            names = {"INT", "LONG", "UUID"})
    void refusesKeysOfAnotherLength(KeyFormat format) {
        assertThatThrownBy(() -> new PictureFrameReader(format).read(Records.of("doors", JPEG, 0)))
                .isInstanceOf(FrameException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GIF89a", "P", "ÿØ", "{\"image\": 1}"})
    void refusesOtherFilesAndShowsHowTheyBegin(String file) {
        byte[] value = file.getBytes(StandardCharsets.UTF_8);

        FrameException refusal = refusal(Records.of("door", value, 0));

        assertThat(refusal.code()).isEqualTo(FailureCode.IMAGE_NOT_AN_IMAGE);
        assertThat(refusal).hasMessageContaining("%02x", value[0]);
    }

    @Test
    void namesTheFormatOfAPictureThatIsNotRead() {
        byte[] webp = "RIFF1234WEBPVP8 ".getBytes(StandardCharsets.UTF_8);

        assertThat(refusal(Records.of("door", webp, 0)))
                .hasMessageContaining("it is WebP, which is not read: convert it to JPEG or PNG");
    }

    @Test
    void refusesRecordsWithoutValueOrKey() {
        assertThat(refusal(Records.of("door", null, 0)).code()).isEqualTo(FailureCode.EMPTY_VALUE);
        assertThat(refusal(Records.of("door", new byte[0], 0)).code())
                .isEqualTo(FailureCode.EMPTY_VALUE);
        assertThat(refusal(Records.of(null, JPEG, 0)).code()).isEqualTo(FailureCode.KEY_MISSING);
        assertThat(refusal(Records.of("", JPEG, 0)).code()).isEqualTo(FailureCode.KEY_MISSING);
    }

    @Test
    void refusesKeysThatAreNoCameraId() {
        byte[] latin1 = "Tür".getBytes(StandardCharsets.ISO_8859_1);
        RawRecord notUtf8 =
                new RawRecord("frames", 3, 0, Records.TIMESTAMP, latin1, JPEG, List.of());

        assertThat(refusal(notUtf8).code()).isEqualTo(FailureCode.EVENT_INVALID);
        assertThat(refusal(Records.of("x".repeat(1025), JPEG, 0)).code())
                .isEqualTo(FailureCode.EVENT_INVALID);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, 253_402_300_800_000L, Long.MAX_VALUE})
    void refusesTimestampsThatAreNoCaptureTime(long timestamp) {
        byte[] key = {'k'};
        RawRecord record = new RawRecord("frames", 3, 0, timestamp, key, JPEG, List.of());

        assertThat(refusal(record).code()).isEqualTo(FailureCode.EVENT_INVALID);
    }

    private FrameException refusal(RawRecord record) {
        return catchThrowableOfType(FrameException.class, () -> reader.read(record));
    }
}
