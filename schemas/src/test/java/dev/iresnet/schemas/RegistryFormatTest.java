package dev.iresnet.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.iresnet.schemas.UnreadableRecordException.Kind;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.LabeledResult;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RegistryFormatTest {
    private static final int OURS = 0x01020304;

    private final Map<Integer, Schema> registered =
            new ConcurrentHashMap<>(Map.of(OURS, ImageEvent.getClassSchema()));
    private final RegistryFormat<ImageEvent> events =
            RegistryFormat.ofImageEvents(
                    id -> {
                        Schema schema = registered.get(id);
                        if (schema == null) {
                            throw UnreadableRecordException.unknownSchema("no schema " + id);
                        }
                        return Optional.of(schema);
                    },
                    Duration.ZERO);

    @Test
    void readsARecordBehindItsSchemasId() throws UnreadableRecordException {
        byte[] message = framed(OURS, body(Samples.event()));
        assertThat(Arrays.copyOf(message, 5)).containsExactly(0, 1, 2, 3, 4);
        assertThat(events.decode(message)).isEqualTo(Samples.event());
    }

    @Test
    void picturesAreNotCopied() throws UnreadableRecordException {
        byte[] message = framed(OURS, body(Samples.event()));
        ByteBuffer picture = (ByteBuffer) events.decode(message).getImage();
        Arrays.fill(message, (byte) 9);
        assertThat(picture.get(picture.position())).isEqualTo((byte) 9);
    }

    @Test
    void readsBackTheResultsThatItsCounterpartWrites() throws UnreadableRecordException {
        Map<Integer, Schema> ids =
                Map.of(
                        -2, SchemaHistory.labeledResult().get(0),
                        9, SchemaHistory.labeledResult().get(1));
        RegistryFormat<LabeledResult> results =
                RegistryFormat.ofLabeledResults(
                        id -> Optional.ofNullable(ids.get(id)), Duration.ofSeconds(1));
        RegistryEncoder encoder = new RegistryEncoder(List.of(-2, 9));

        byte[] plain = encoder.encode(Samples.result());
        assertThat(ByteBuffer.wrap(plain, 1, 4).getInt()).isEqualTo(-2);
        assertThat(results.decode(plain)).isEqualTo(Samples.result());
        byte[] whole = encoder.encode(Samples.wholeResult());
        assertThat(ByteBuffer.wrap(whole, 1, 4).getInt()).isEqualTo(9);
        assertThat(results.decode(whole)).isEqualTo(Samples.wholeResult());
    }

    @Test
    void aResultWhoseSchemaHasNoIdIsNotWrittenByAnother() {
        RegistryEncoder encoder = new RegistryEncoder(List.of(7));
        assertThat(encoder.encode(Samples.result())).startsWith(0, 0, 0, 0, 7);
        assertThatThrownBy(() -> encoder.encode(Samples.detections()))
                .isInstanceOf(RegistryEncoder.UnregisteredException.class)
                .hasMessageContaining("version 2 of its schema");
    }

    @Test
    void anUnknownIdIsAnUnknownSchema() {
        UnreadableRecordException e = refusal(framed(5, body(Samples.event())));
        assertThat(e.kind()).isEqualTo(Kind.UNKNOWN_SCHEMA);
        assertThat(e).hasMessage("no schema 5");
    }

    @Test
    void bytesOfAnythingElseAreNamed() {
        assertThat(refusal(new byte[] {0, 1, 2, 3}))
                .hasMessageContaining("4 bytes begin with '00010203'")
                .extracting(UnreadableRecordException::kind)
                .isEqualTo(Kind.NOT_SINGLE_OBJECT);
        assertThat(refusal(new byte[] {7, 0, 0, 0, 1}).kind()).isEqualTo(Kind.NOT_SINGLE_OBJECT);
    }

    @Test
    void everyTruncationIsFoundOut() {
        byte[] message = framed(OURS, body(Samples.event()));
        for (int length = 5; length < message.length; length++) {
            assertThat(refusal(Arrays.copyOf(message, length)).kind()).isEqualTo(Kind.CORRUPT);
        }
        assertThat(refusal(Arrays.copyOf(message, message.length + 1)).kind())
                .isEqualTo(Kind.CORRUPT);
    }

    @Test
    void aSchemaOfAnotherRecordCannotBeUsed() {
        assertUnusable(LabeledResult.getClassSchema(), "cannot be read as");
    }

    @Test
    void aSchemaThatContainsItselfCannotBeUsed() {
        assertUnusable(
                event("{\"name\":\"previous\",\"type\":[\"null\",\"ImageEvent\"]}"),
                "contains itself");
    }

    /** Sixty records, each with two of the next: 2^60 fields, and not a byte of data for them. */
    @Test
    void aSchemaThatUnfoldsWithoutEndCannotBeUsed() {
        StringBuilder nested = new StringBuilder("\"null\"");
        for (int level = 0; level < 60; level++) {
            String again = level == 0 ? "\"null\"" : "\"R" + (level - 1) + "\"";
            nested.insert(
                    0,
                    "{\"type\":\"record\",\"name\":\"R%d\",\"fields\":[{\"name\":\"a\",\"type\":"
                            .formatted(level));
            nested.append("},{\"name\":\"b\",\"type\":").append(again).append("}]}");
        }
        assertUnusable(
                event("{\"name\":\"bomb\",\"type\":" + nested + "}"), "unfolds to more than 1000");
    }

    @Test
    void aSchemaOfTooManyFieldsCannotBeUsed() {
        StringBuilder many = new StringBuilder("{\"name\":\"f\",\"type\":\"null\"}");
        for (int field = 0; field < 1000; field++) {
            many.append(",{\"name\":\"f%d\",\"type\":\"null\"}".formatted(field));
        }
        assertUnusable(event(many.toString()), "unfolds to more than 1000");
    }

    @Property(tries = 500)
    void whateverComesIsARecordOrUnreadable(@ForAll @Size(max = 200) byte[] bytes) {
        try {
            assertThat(events.decode(framed(OURS, bytes))).isNotNull();
        } catch (UnreadableRecordException e) {
            assertThat(e.kind()).isEqualTo(Kind.CORRUPT);
        }
    }

    private void assertUnusable(Schema schema, String words) {
        registered.put(9, schema);
        UnreadableRecordException e = refusal(framed(9, new byte[64]));
        assertThat(e.kind()).isEqualTo(Kind.UNKNOWN_SCHEMA);
        assertThat(e)
                .hasMessageStartingWith("schema 9 of the registry")
                .hasMessageContaining(words);
    }

    /** The event's schema with more fields. */
    private static Schema event(String fields) {
        return new Schema.Parser()
                .parse(
                        ImageEvent.getClassSchema()
                                .toString()
                                .replace("{\"name\":\"width\"", fields + ",{\"name\":\"width\""));
    }

    private static byte[] body(ImageEvent event) {
        byte[] whole = SingleObjectFormat.ofImageEvents(List.of()).encode(event);
        return Arrays.copyOfRange(whole, SingleObjectFormat.HEADER_BYTES, whole.length);
    }

    private static byte[] framed(int id, byte[] body) {
        return ByteBuffer.allocate(5 + body.length).put((byte) 0).putInt(id).put(body).array();
    }

    private UnreadableRecordException refusal(byte[] message) {
        return catchThrowableOfType(UnreadableRecordException.class, () -> events.decode(message));
    }
}
