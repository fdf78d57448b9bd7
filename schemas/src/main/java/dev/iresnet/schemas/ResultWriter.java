package dev.iresnet.schemas;

import dev.iresnet.schemas.avro.Box;
import dev.iresnet.schemas.avro.Clip;
import dev.iresnet.schemas.avro.Detection;
import dev.iresnet.schemas.avro.Label;
import dev.iresnet.schemas.avro.LabeledResult;
import dev.iresnet.schemas.avro.ModelReference;
import dev.iresnet.schemas.avro.Region;
import dev.iresnet.schemas.avro.ResultStatus;
import dev.iresnet.schemas.avro.SourcePosition;
import dev.iresnet.schemas.avro.TimeSpent;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.data.TimeConversions.TimestampMicrosConversion;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * Writes results by one of their released schemas, field by field, in the schema's order, byte for
 * byte as Avro's own writer does. That one looks each field's schema and conversion up anew for
 * each record, which was a fifth of what a small frame costs; Avro generates such a walk itself,
 * but not for schemas with logical types. Thread-safe.
 */
final class ResultWriter implements DatumWriter<LabeledResult> {
    private static final TimestampMicrosConversion MICROS = new TimestampMicrosConversion();

    private static final List<Long> RELEASED =
            SchemaHistory.labeledResult().stream()
                    .map(SchemaNormalization::parsingFingerprint64)
                    .toList();

    private final boolean whole;

    /**
     * Writes by a schema.
     *
     * @param schema in {@link SchemaHistory#labeledResult}, or the generated class's
     */
    ResultWriter(Schema schema) {
        this.whole = release(schema) > 0;
    }

    /**
     * Place in {@link SchemaHistory#labeledResult} of the schema that a result is written by: the
     * first that has all that the result tells. Readers know a schema by its fingerprint, and not
     * all know the newest.
     */
    static int release(LabeledResult result) {
        boolean toldByTheFirst =
                result.getWidth() == 0
                        && result.getHeight() == 0
                        && List.of().equals(result.getDetections())
                        && result.getClip() == null
                        && result.getRegion() == null;
        return toldByTheFirst ? 0 : 1;
    }

    private static int release(Schema schema) {
        int release = RELEASED.indexOf(SchemaNormalization.parsingFingerprint64(schema));
        if (release < 0) {
            throw new IllegalArgumentException(
                    "writes results by their released schemas only, not by " + schema);
        }
        return release;
    }

    @Override
    public void setSchema(Schema schema) {
        if (release(schema) > 0 != whole) {
            throw new IllegalArgumentException("writes results by another release than " + schema);
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

    private void fields(LabeledResult result, Encoder out) throws IOException {
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
        if (whole) {
            out.writeInt(result.getWidth());
            out.writeInt(result.getHeight());
            detections(result.getDetections(), out);
            clip(result.getClip(), out);
            region(result.getRegion(), out);
        }
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

    private static void detections(List<Detection> detections, Encoder out) throws IOException {
        out.writeArrayStart();
        out.setItemCount(detections.size());
        for (Detection detection : detections) {
            out.startItem();
            out.writeInt(detection.getIndex());
            out.writeString(detection.getName());
            out.writeFloat(detection.getScore());
            box(detection.getBox(), out);
        }
        out.writeArrayEnd();
    }

    private static void box(Box box, Encoder out) throws IOException {
        out.writeFloat(box.getXMin());
        out.writeFloat(box.getYMin());
        out.writeFloat(box.getXMax());
        out.writeFloat(box.getYMax());
    }

    private static void clip(@Nullable Clip clip, Encoder out) throws IOException {
        out.writeIndex(clip == null ? 0 : 1);
        if (clip != null) {
            out.writeLong(clip.getFirstFrameNumber());
            out.writeLong(clip.getLastFrameNumber());
            time(clip.getFirstCapturedAt(), out);
            time(clip.getLastCapturedAt(), out);
        }
    }

    private static void region(@Nullable Region region, Encoder out) throws IOException {
        out.writeIndex(region == null ? 0 : 1);
        if (region != null) {
            out.writeString(region.getName());
            box(region.getBox(), out);
        }
    }
}
