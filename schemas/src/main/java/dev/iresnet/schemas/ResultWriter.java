package dev.iresnet.schemas;

import dev.iresnet.schemas.avro.Label;
import dev.iresnet.schemas.avro.LabeledResult;
import dev.iresnet.schemas.avro.ModelReference;
import dev.iresnet.schemas.avro.ResultStatus;
import dev.iresnet.schemas.avro.SourcePosition;
import dev.iresnet.schemas.avro.TimeSpent;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions.TimestampMicrosConversion;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.Encoder;

/**
 * Writes results field by field, in the schema's order, byte for byte as Avro's own writer does.
 * That one looks each field's schema and conversion up anew for each record, which was a fifth of
 * what a small frame costs; Avro generates such a walk itself, but not for schemas with logical
 * types. Thread-safe.
 */
final class ResultWriter implements DatumWriter<LabeledResult> {
    private static final TimestampMicrosConversion MICROS = new TimestampMicrosConversion();

    @Override
    public void setSchema(Schema schema) {
        if (!schema.equals(LabeledResult.getClassSchema())) {
            throw new IllegalArgumentException(
                    "writes results by their current schema only, not by " + schema);
        }
    }

    /**
     * Writes one.
     *
     * @throws AvroRuntimeException if a required field is null
     */
    @Override
    public void write(LabeledResult result, Encoder out) throws IOException {
        try {
            fields(result, out);
        } catch (NullPointerException e) {
            throw new AvroRuntimeException("A required field of a result is null", e);
        }
    }

    private static void fields(LabeledResult result, Encoder out) throws IOException {
        out.writeString(result.getEventId());
        out.writeString(result.getCameraId());
        out.writeLong(result.getFrameNumber());
        time(result.getCapturedAt(), out);
        time(result.getInferredAt(), out);
        model(result.getModel(), out);
        status(result.getStatus(), out);
        labels(result.getLabels(), out);
        timings(result.getTimings(), out);
        source(result.getSource(), out);
    }

    private static void time(Instant time, Encoder out) throws IOException {
        out.writeLong(MICROS.toLong(time, null, null));
    }

    private static void model(ModelReference model, Encoder out) throws IOException {
        out.writeString(model.getName());
        out.writeLong(model.getVersion());
        out.writeString(model.getDigest());
    }

    @SuppressWarnings("EnumOrdinal") // generated in the order of the schema's symbols
    private static void status(ResultStatus status, Encoder out) throws IOException {
        out.writeEnum(status.ordinal());
    }

    private static void labels(List<Label> labels, Encoder out) throws IOException {
        out.writeArrayStart();
        out.setItemCount(labels.size());
        for (Label label : labels) {
            out.startItem();
            out.writeInt(label.getIndex());
            out.writeString(label.getName());
            out.writeFloat(label.getScore());
        }
        out.writeArrayEnd();
    }

    private static void timings(TimeSpent spent, Encoder out) throws IOException {
        out.writeLong(spent.getQueueMicros());
        out.writeLong(spent.getDecodeMicros());
        out.writeLong(spent.getBatchWaitMicros());
        out.writeLong(spent.getInferenceMicros());
        out.writeInt(spent.getBatchSize());
    }

    private static void source(SourcePosition source, Encoder out) throws IOException {
        out.writeString(source.getTopic());
        out.writeInt(source.getPartition());
        out.writeLong(source.getOffset());
    }
}
