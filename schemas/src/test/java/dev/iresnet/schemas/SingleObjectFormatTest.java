package dev.iresnet.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.iresnet.schemas.UnreadableRecordException.Kind;
import dev.iresnet.schemas.avro.ImageEncoding;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.LabeledResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.util.ClassSecurityValidator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SingleObjectFormatTest {
    private static final SingleObjectFormat<ImageEvent> EVENTS =
            SingleObjectFormat.ofImageEvents(List.of());
    private static final SingleObjectFormat<LabeledResult> RESULTS =
            SingleObjectFormat.ofLabeledResults();

    /** {@link Samples#result}, encoded by release 0.1.0. */
    private static final String PLAIN =
            "c301f74153780e73a4c208336630630e676174652dc3a99a0180c987dba6fda50680c9f2"
                    + "dba6fda5060864656d6f0680016162616261626162616261626162616261626162616261"
                    + "626162616261626162616261626162616261626162616261626162616261626162616261"
                    + "626162616202040a06646f670000403f0606636174cdcccc3d0014283c501018696d6167"
                    + "652d6576656e747304a413";

    /** The second schema's fingerprint, little endian. */
    private static final String SECOND = "611063f52b74c6b1";

    @Test
    void readsWhatItWrote() throws UnreadableRecordException {
        assertThat(EVENTS.decode(EVENTS.encode(Samples.event()))).isEqualTo(Samples.event());
        assertThat(RESULTS.decode(RESULTS.encode(Samples.result()))).isEqualTo(Samples.result());
    }

    /** As 0.1.0 wrote it: its consumers refuse any other fingerprint. */
    @Test
    void aResultThatTellsNothingNewIsWrittenAsBefore() {
        assertThat(HexFormat.of().formatHex(RESULTS.encode(Samples.result()))).isEqualTo(PLAIN);
    }

    @Test
    void aResultThatTellsMoreNamesTheSecondSchema() throws UnreadableRecordException {
        for (LabeledResult result : List.of(Samples.detections(), Samples.wholeResult())) {
            byte[] message = RESULTS.encode(result);
            assertThat(HexFormat.of().formatHex(message, 0, 10)).isEqualTo("c301" + SECOND);
            assertThat(RESULTS.decode(message)).isEqualTo(result);
        }
    }

    /** A consumer of 0.1.0 that was given the newer schema. */
    @Test
    void readersOfTheFirstSchemaReadWhatTheyKnow() throws IOException {
        Schema first = SchemaHistory.labeledResult().get(0);
        Schema second = SchemaHistory.labeledResult().get(1);
        byte[] message = RESULTS.encode(Samples.wholeResult());
        GenericRecord read =
                new GenericDatumReader<GenericRecord>(second, first)
                        .read(
                                null,
                                DecoderFactory.get()
                                        .binaryDecoder(message, 10, message.length - 10, null));
        assertThat(read.get("eventId")).hasToString("3f0c");
        assertThat((List<?>) read.get("labels")).isEmpty();
        assertThat(read.get("status")).hasToString("LABELED");
    }

    @AfterEach
    void trustWhatAvroTrusts() {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.DEFAULT);
    }

    @Test
    void readsOurRecordsWhateverAvroTrusts() throws UnreadableRecordException {
        byte[] event = EVENTS.encode(Samples.event());
        ClassSecurityValidator.setGlobal(type -> false);

        assertThat(SingleObjectFormat.ofImageEvents(List.of()).decode(event))
                .isEqualTo(Samples.event());
    }

    @Test
    void agreesWithAvrosOwnSingleObjectEncoding() throws IOException, UnreadableRecordException {
        byte[] theirs = ImageEvent.getEncoder().encode(Samples.event()).array();

        assertThat(EVENTS.decode(theirs)).isEqualTo(Samples.event());
        assertThat(ImageEvent.getDecoder().decode(EVENTS.encode(Samples.event())))
                .isEqualTo(Samples.event());
    }

    @Test
    void readsEveryBranchOfTheImage() throws UnreadableRecordException {
        var reference =
                new dev.iresnet.schemas.avro.ImageReference("s3://a/b", 9L, "00".repeat(32));
        ImageEvent elsewhere = ImageEvent.newBuilder(Samples.event()).setImage(reference).build();
        ImageEvent none = ImageEvent.newBuilder(Samples.event()).setImage(null).build();

        assertThat(EVENTS.decode(EVENTS.encode(elsewhere)).getImage()).isEqualTo(reference);
        assertThat(EVENTS.decode(EVENTS.encode(none)).getImage()).isNull();
    }

    @Test
    void picturesAreNotCopied() throws UnreadableRecordException {
        byte[] message = EVENTS.encode(Samples.event());

        ByteBuffer picture = (ByteBuffer) EVENTS.decode(message).getImage();

        assertThat(picture.arrayOffset()).isZero();
        assertThat(picture.array()).isSameAs(message);
        assertThat(picture).isEqualTo(ByteBuffer.wrap(Samples.PICTURE));
    }

    @Test
    void bytesOfAnythingElseAreNotSingleObjects() {
        for (String other : List.of("", "\u00c3", "{\"eventId\": \"3f0c\"}", "hello, world")) {
            byte[] bytes = other.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
            assertThat(failure(bytes).kind()).as(other).isEqualTo(Kind.NOT_SINGLE_OBJECT);
        }
        byte[] confluent = EVENTS.encode(Samples.event());
        confluent[0] = 0;
        assertThat(failure(confluent))
                .hasMessageContaining("begins with c301")
                .hasMessageContaining("'0001");
    }

    @Test
    void unknownFingerprintsAreNamedWithTheOptionThatHelps() {
        byte[] message = RESULTS.encode(Samples.result());

        assertThat(failure(message).kind()).isEqualTo(Kind.UNKNOWN_SCHEMA);
        String fingerprint =
                "%016x"
                        .formatted(
                                org.apache.avro.SchemaNormalization.parsingFingerprint64(
                                        SchemaHistory.labeledResult().get(0)));
        assertThat(failure(message))
                .hasMessageContaining(fingerprint)
                .hasMessageContaining("input.schemas-path");
        assertThatThrownBy(() -> RESULTS.decode(EVENTS.encode(Samples.event())))
                .hasMessageContaining("use its version of the schemas");
    }

    @Test
    void everyTruncationIsFoundOut() {
        byte[] message = EVENTS.encode(Samples.event());
        for (int length = 0; length < message.length; length++) {
            Kind expected =
                    length < SingleObjectFormat.HEADER_BYTES
                            ? Kind.NOT_SINGLE_OBJECT
                            : Kind.CORRUPT;
            assertThat(failure(Arrays.copyOf(message, length)).kind())
                    .as("first %d bytes", length)
                    .isEqualTo(expected);
        }
    }

    @Test
    void bytesAfterTheRecordAreCorrupt() {
        byte[] message = EVENTS.encode(Samples.event());

        assertThat(failure(Arrays.copyOf(message, message.length + 3)))
                .hasMessage("3 bytes follow the end of the ImageEvent")
                .extracting(UnreadableRecordException::kind)
                .isEqualTo(Kind.CORRUPT);
    }

    @Test
    void newerProducersAreReadOnceTheirSchemaIsGiven() throws Exception {
        Schema newer =
                new Schema.Parser()
                        .parse(
                                ImageEvent.getClassSchema()
                                        .toString()
                                        .replace("\"I420\"", "\"I420\",\"WEBP\"")
                                        .replace(
                                                "{\"name\":\"width\"",
                                                "{\"name\":\"gain\",\"type\":{\"type\":\"array\",\"items\":\"float\"},"
                                                        + "\"default\":[]},{\"name\":\"width\""));
        byte[] message = encodeGeneric(newer);

        assertThat(failure(message).kind()).isEqualTo(Kind.UNKNOWN_SCHEMA);
        ImageEvent event = SingleObjectFormat.ofImageEvents(List.of(newer)).decode(message);
        assertThat(event.getEncoding()).isEqualTo(ImageEncoding.UNKNOWN);
        assertThat(event.getWidth()).isEqualTo(64);
        assertThat(event.getFrameNumber()).isEqualTo(5);
    }

    private static byte[] encodeGeneric(Schema schema) throws IOException {
        GenericRecord newer = new GenericData.Record(schema);
        newer.put("eventId", "e");
        newer.put("cameraId", "c");
        newer.put("capturedAt", 1_000L);
        newer.put("frameNumber", 5L);
        newer.put(
                "encoding",
                new GenericData.EnumSymbol(schema.getField("encoding").schema(), "WEBP"));
        newer.put("gain", List.of(1f, 2f, 3f));
        newer.put("width", 64);
        newer.put("height", 48);
        newer.put("attributes", java.util.Map.of());
        var out = new ByteArrayOutputStream();
        new BinaryMessageEncoder<GenericRecord>(GenericData.get(), schema).encode(newer, out);
        return out.toByteArray();
    }

    @Test
    void schemasThatCannotBeReadAsOursAreRefusedByName() {
        Schema stranger =
                new Schema.Parser()
                        .parse(
                                "{\"type\":\"record\",\"name\":\"ImageEvent\",\"namespace\":\"dev.iresnet.schemas.avro\","
                                        + "\"fields\":[{\"name\":\"eventId\",\"type\":\"string\"}]}");

        assertThatThrownBy(() -> SingleObjectFormat.ofImageEvents(List.of(stranger)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dev.iresnet.schemas.avro.ImageEvent")
                .hasMessageContaining("cameraId");
    }

    @Test
    void schemasThatContainThemselvesAreRefused() {
        Schema recursive =
                new Schema.Parser()
                        .parse(
                                ImageEvent.getClassSchema()
                                        .toString()
                                        .replace(
                                                "{\"name\":\"width\"",
                                                "{\"name\":\"previous\",\"type\":[\"null\",\"ImageEvent\"]},"
                                                        + "{\"name\":\"width\""));

        assertThatThrownBy(() -> SingleObjectFormat.ofImageEvents(List.of(recursive)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("contains itself");
    }

    private static UnreadableRecordException failure(byte[] message) {
        return catchThrowableOfType(UnreadableRecordException.class, () -> EVENTS.decode(message));
    }
}
