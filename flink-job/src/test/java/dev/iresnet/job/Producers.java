package dev.iresnet.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.schemas.SchemaHistory;
import dev.iresnet.schemas.avro.ImageEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** Producers of other ages than the job, and how they frame what they write. */
final class Producers {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Schema RELEASED =
            SchemaHistory.imageEvent().get(SchemaHistory.imageEvent().size() - 1);

    /** From before events had attributes. */
    static final Schema OLDER = changed(false);

    /** Knows of an exposure, and of an encoding that the job does not. */
    static final Schema NEWER = changed(true);

    private Producers() {}

    static byte[] singleObject(Schema schema, ImageEvent event) throws IOException {
        byte[] body = body(schema, event);
        return ByteBuffer.allocate(10 + body.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xC3)
                .put((byte) 1)
                .putLong(SchemaNormalization.parsingFingerprint64(schema))
                .put(body)
                .array();
    }

    static byte[] confluent(int id, Schema schema, ImageEvent event) throws IOException {
        byte[] body = body(schema, event);
        return ByteBuffer.allocate(5 + body.length).put((byte) 0).putInt(id).put(body).array();
    }

    private static byte[] body(Schema schema, ImageEvent event) throws IOException {
        byte[] ours = Topics.encoded(event);
        GenericRecord record =
                new GenericDatumReader<GenericRecord>(RELEASED, schema)
                        .read(
                                null,
                                DecoderFactory.get()
                                        .binaryDecoder(ours, 10, ours.length - 10, null));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static Schema changed(boolean newer) {
        try {
            ObjectNode schema = (ObjectNode) JSON.readTree(RELEASED.toString());
            ArrayNode fields = (ArrayNode) schema.get("fields");
            if (newer) {
                fields.addObject()
                        .put("name", "exposureMicros")
                        .put("type", "long")
                        .put("default", 0);
                for (JsonNode field : fields) {
                    if (field.get("name").asText().equals("encoding")) {
                        ((ArrayNode) field.get("type").get("symbols")).add("AVIF");
                    }
                }
            } else {
                for (int i = fields.size() - 1; i >= 0; i--) {
                    if (fields.get(i).get("name").asText().equals("attributes")) {
                        fields.remove(i);
                    }
                }
            }
            return new Schema.Parser().parse(schema.toString());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
