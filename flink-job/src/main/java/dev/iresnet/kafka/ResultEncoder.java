package dev.iresnet.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.iresnet.config.OutputConfig;
import dev.iresnet.event.Frame;
import dev.iresnet.event.RawRecord;
import dev.iresnet.event.RecordHeader;
import dev.iresnet.model.Detections;
import dev.iresnet.operator.TaggingException;
import dev.iresnet.result.FrameResult;
import dev.iresnet.result.Timings;
import dev.iresnet.schemas.RegistryEncoder;
import dev.iresnet.schemas.ResultJson;
import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.schemas.avro.Box;
import dev.iresnet.schemas.avro.Clip;
import dev.iresnet.schemas.avro.Detection;
import dev.iresnet.schemas.avro.Label;
import dev.iresnet.schemas.avro.LabeledResult;
import dev.iresnet.schemas.avro.ModelReference;
import dev.iresnet.schemas.avro.ResultStatus;
import dev.iresnet.schemas.avro.SourcePosition;
import dev.iresnet.schemas.avro.TimeSpent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** A result as a record: the camera's name is the key, the frame's headers are carried over. */
final class ResultEncoder implements KafkaRecordSerializationSchema<FrameResult> {
    private static final long serialVersionUID = 1L;

    /** Bytes of a character at most: of a control character in JSON. */
    private static final int CHARACTER = 6;

    /** Characters of a label's name that {@link #largest} allows for. */
    static final int LABEL_NAME = 64;

    /** A label in JSON, its name with it. */
    private static final long LABEL = 64 + (long) LABEL_NAME * CHARACTER;

    /** A label and its box in JSON. */
    private static final long OBJECT = LABEL + 112;

    /**
     * All but labels and objects: ids, of which the camera's is the key, too; numbers, model,
     * topic, JSON's names.
     */
    private static final long REST = 3L * Frame.MAX_ID_LENGTH * CHARACTER + (8 << 10);

    private final OutputConfig output;
    private final ResultSchema schema;
    private final int limit;

    /** Made where it is used: formats do not travel. */
    private transient @Nullable Function<LabeledResult, byte[]> format;

    /**
     * Makes one.
     *
     * @param limit bytes of a record at most
     */
    ResultEncoder(OutputConfig output, ResultSchema schema, int limit) {
        this.output = output;
        this.schema = schema;
        this.limit = limit;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            FrameResult result, KafkaSinkContext context, @Nullable Long timestamp) {
        return encode(result).to(output.topic());
    }

    private Function<LabeledResult, byte[]> format() {
        Function<LabeledResult, byte[]> made = format;
        if (made == null) {
            made =
                    switch (output.format()) {
                        case AVRO -> framed(output.framing(), schema);
                        case JSON -> new ResultJson()::encode;
                    };
            format = made;
        }
        return made;
    }

    private static Function<LabeledResult, byte[]> framed(
            OutputConfig.Framing framing, ResultSchema schema) {
        return switch (framing) {
            case SINGLE_OBJECT -> SingleObjectFormat.ofLabeledResults()::encode;
            case CONFLUENT -> new RegistryEncoder(schema.ids())::encode;
        };
    }

    /**
     * Bytes of a classifier's result without its headers, in either format, at most.
     *
     * @param labels a result
     */
    static long largest(int labels) {
        return REST + labels * LABEL;
    }

    /**
     * Bytes of a detector's result without its headers, in either format, at most.
     *
     * @param boxes a result
     */
    static long largestOfDetector(int boxes) {
        return REST + boxes * OBJECT;
    }

    /** Boxes whose result is not larger than so many bytes, 0 or more. */
    static int mostBoxes(int bytes) {
        return (int) (Math.max(0, bytes - REST) / OBJECT);
    }

    OutboundRecord encode(FrameResult result) {
        byte[] key = result.frame().cameraId().getBytes(UTF_8);
        byte[] value = value(avro(result));
        OutboundRecord whole = new OutboundRecord(key, value, result.headers());
        return whole.size() <= limit ? whole : withoutHeaders(whole);
    }

    private byte[] value(LabeledResult result) {
        try {
            return format().apply(result);
        } catch (RegistryEncoder.UnregisteredException e) {
            throw new TaggingException(
                    "The model is a detector, and subject '%s-value' of the schema registry does not have the schema of its results: register the newest version of LabeledResult there, or set schema-registry.register to true, and submit the job again"
                            .formatted(output.topic()),
                    e);
        }
    }

    private static LabeledResult avro(FrameResult result) {
        Frame.Identity frame = result.frame();
        FrameResult.ModelVersion model = result.model();
        RawRecord.Position source = result.source();
        Optional<FrameResult.DetectedObjects> detected = result.detected();
        List<Label> labels = new ArrayList<>(result.labels().size());
        for (FrameResult.Label label : result.labels()) {
            labels.add(new Label(label.index(), label.name(), label.score()));
        }
        return new LabeledResult(
                frame.eventId(),
                frame.cameraId(),
                frame.frameNumber(),
                frame.capturedAt(),
                result.inferredAt(),
                new ModelReference(model.name(), model.version(), model.digest()),
                switch (result.status()) {
                    case LABELLED -> ResultStatus.LABELED;
                    case LOW_CONFIDENCE -> ResultStatus.LOW_CONFIDENCE;
                    case STALE -> ResultStatus.STALE;
                },
                labels,
                timeSpent(result.timings()),
                new SourcePosition(source.topic(), source.partition(), source.offset()),
                detected.map(FrameResult.DetectedObjects::width).orElse(0),
                detected.map(FrameResult.DetectedObjects::height).orElse(0),
                detected.map(found -> detections(found.objects())).orElse(List.of()),
                result.clip().map(ResultEncoder::clip).orElse(null),
                null);
    }

    private static Clip clip(FrameResult.ClipSpan clip) {
        return new Clip(
                clip.firstNumber(),
                clip.lastNumber(),
                clip.firstCapturedAt(),
                clip.lastCapturedAt());
    }

    private static List<Detection> detections(List<FrameResult.DetectedObject> objects) {
        List<Detection> detections = new ArrayList<>(objects.size());
        for (FrameResult.DetectedObject object : objects) {
            FrameResult.Label label = object.label();
            Detections.Box box = object.box();
            detections.add(
                    new Detection(
                            label.index(),
                            label.name(),
                            label.score(),
                            new Box(box.xMin(), box.yMin(), box.xMax(), box.yMax())));
        }
        return detections;
    }

    /** The schema knows no fetching of its own: it is part of the way from event to crop. */
    private static TimeSpent timeSpent(Timings timings) {
        return new TimeSpent(
                TimeUnit.NANOSECONDS.toMicros(timings.queue()),
                TimeUnit.NANOSECONDS.toMicros(timings.fetch() + timings.decode()),
                TimeUnit.NANOSECONDS.toMicros(timings.batchWait()),
                TimeUnit.NANOSECONDS.toMicros(timings.inference()),
                timings.batchSize());
    }

    /** A frame of the largest size may be all headers; its result must still find its way out. */
    private static OutboundRecord withoutHeaders(OutboundRecord record) {
        return new OutboundRecord(
                record.key(),
                record.value(),
                List.of(
                        new RecordHeader(
                                HeaderNames.HEADERS_OMITTED,
                                Integer.toString(record.headers().size()).getBytes(UTF_8))));
    }
}
