package dev.iresnet.proving.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.schemas.UnreadableRecordException;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.ImageReference;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileRecordsTest {
    @TempDir private Path directory;

    private static final Map<String, UnreadableRecordException.Kind> KINDS =
            Map.of(
                    "NOT_AN_EVENT", UnreadableRecordException.Kind.NOT_SINGLE_OBJECT,
                    "UNKNOWN_SCHEMA", UnreadableRecordException.Kind.UNKNOWN_SCHEMA,
                    "EVENT_CORRUPT", UnreadableRecordException.Kind.CORRUPT);

    private static final SingleObjectFormat<ImageEvent> EVENTS =
            SingleObjectFormat.ofImageEvents(List.of());

    static Stream<HostileRecord> rows() throws IOException {
        return new HostileRecords(jpeg()).all().stream();
    }

    /** What is wrong with a record is what its row says, as far as that can be seen from here. */
    @ParameterizedTest
    @MethodSource("rows")
    void isWrongInTheWayThatItSays(HostileRecord row) throws UnreadableRecordException {
        UnreadableRecordException.Kind kind = KINDS.get(row.expectedCode());

        if (row.expectedCode().equals("EMPTY_VALUE")) {
            assertThat(row.value()).isNullOrEmpty();
        } else if (kind != null) {
            assertThat(failure(value(row)).kind()).isEqualTo(kind);
        } else {
            assertThat(EVENTS.decode(value(row)).getImage()).isInstanceOf(ByteBuffer.class);
        }
    }

    /** The tools' own processes: Avro trusts no class there, unlike in the processes of tests. */
    @Test
    void areMadeWhereAvroTrustsNoClass() throws Exception {
        Path output = directory.resolve("output");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                InAProcess.class.getName())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Makes the records. */
    static final class InAProcess {
        private InAProcess() {}

        public static void main(String[] arguments) throws IOException {
            new HostileRecords(jpeg()).all();
        }
    }

    @Test
    void referencesAreEventsWithoutPictures() throws Exception {
        HostileRecords records = new HostileRecords(jpeg());
        for (HostileRecord row : records.references("file:///mnt/frames", "kept.jpg")) {
            assertThat(EVENTS.decode(value(row)).getImage()).isInstanceOf(ImageReference.class);
        }
        ImageReference one = (ImageReference) EVENTS.decode(value(records.reference())).getImage();
        assertThat(one.getUri()).isEqualTo("s3://frames/a.jpg");
    }

    @Test
    void theBombHasAValidHeader() throws IOException {
        byte[] bomb = HostilePictures.png(50_000, 40_000);
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(bomb)));

        assertThat(reader.getWidth(0)).isEqualTo(50_000);
        assertThat(reader.getHeight(0)).isEqualTo(40_000);
        assertThat(bomb).hasSizeLessThan(100);
    }

    @Test
    void aSmallPngOfTheSameKindIsRead() throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(HostilePictures.png(1, 16)));

        assertThat(image.getHeight()).isEqualTo(16);
    }

    @Test
    void halfAJpegIsNoJpeg() throws IOException {
        byte[] half = HostilePictures.firstHalf(jpeg());

        assertThatThrownBy(() -> ImageIO.read(new ByteArrayInputStream(half)))
                .isInstanceOf(IIOException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 8_300, 16_500, 1_048_700, 2_097_300})
    void hasTheSizeThatIsAskedFor(int bytes) throws IOException, UnreadableRecordException {
        HostileRecord record = new HostileRecords(jpeg()).ofSize(bytes);

        assertThat(record.value()).hasSize(bytes);
        assertThat(EVENTS.decode(value(record)).getImage()).isNotNull();
    }

    private static UnreadableRecordException failure(byte[] value) {
        return catchThrowableOfType(UnreadableRecordException.class, () -> EVENTS.decode(value));
    }

    private static byte[] value(HostileRecord record) {
        return Objects.requireNonNull(record.value());
    }

    private static byte[] jpeg() throws IOException {
        var file = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "jpg", file);
        return file.toByteArray();
    }
}
