package dev.iresnet.local.wall;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.iresnet.event.Frame;
import dev.iresnet.kafka.HeaderNames;
import dev.iresnet.local.topic.ClipLength;
import dev.iresnet.schemas.ResultReader;
import dev.iresnet.schemas.UnreadableRecordException;
import dev.iresnet.schemas.avro.Box;
import dev.iresnet.schemas.avro.Detection;
import dev.iresnet.schemas.avro.LabeledResult;
import dev.iresnet.schemas.avro.SourcePosition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Makes answers of records of the output and dead-letter topics. For one thread. */
final class AnswerReader {

    /** As many labels as a card has room for. */
    static final int LABELS = 3;

    /** More boxes than these would hide the picture. */
    static final int OBJECTS = 100;

    /** Kafka's limit. */
    private static final int LONGEST_TOPIC = 249;

    static final String NO_CODE = "(no code)";
    static final String NO_CAMERA = "(no camera)";

    private final ResultReader results = new ResultReader();

    /** A result in Avro or JSON; empty where the record is none: the topic may hold anything. */
    Optional<Answer> result(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] value = record.value();
        if (value == null || value.length == 0) {
            return Optional.empty();
        }
        try {
            LabeledResult result = results.decode(value);
            return isKept(result)
                    ? Optional.of(answer(result, Instant.ofEpochMilli(record.timestamp())))
                    : Optional.empty();
        } catch (UnreadableRecordException e) {
            return Optional.empty();
        }
    }

    /** The camera is the record's key: the event itself may be what is broken. */
    Answer deadLetter(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] key = record.key();
        return new Answer.Letter(
                key == null || key.length == 0 ? NO_CAMERA : DisplayText.of(new String(key, UTF_8)),
                header(record, HeaderNames.CODE).orElse(NO_CODE),
                header(record, HeaderNames.EXCEPTION_MESSAGE).orElse(""));
    }

    /** What is kept as it is must not be longer than a job's results have it. */
    private static boolean isKept(LabeledResult result) {
        return result.getEventId().length() <= Frame.MAX_ID_LENGTH
                && result.getSource().getTopic().length() <= LONGEST_TOPIC;
    }

    private static Answer answer(LabeledResult result, Instant sentAt) {
        SourcePosition source = result.getSource();
        return new Answer.Result(
                result.getEventId(),
                DisplayText.of(result.getCameraId()),
                result.getStatus(),
                labels(result),
                result.getCapturedAt(),
                sentAt,
                DisplayText.of(
                        "%s, version %d"
                                .formatted(
                                        result.getModel().getName(),
                                        result.getModel().getVersion())),
                new Position(source.getTopic(), source.getPartition(), source.getOffset()),
                result.getWidth() > 0 && result.getHeight() > 0 ? objects(result) : null,
                ClipLength.of(result));
    }

    private static List<Answer.Score> labels(LabeledResult result) {
        return Stream.concat(
                        result.getLabels().stream()
                                .map(label -> score(label.getName(), label.getScore())),
                        result.getDetections().stream().map(AnswerReader::score))
                .limit(LABELS)
                .toList();
    }

    private static Answer.Score score(Detection object) {
        return score(object.getName(), object.getScore());
    }

    private static Answer.Score score(String name, float score) {
        return new Answer.Score(DisplayText.of(name), score);
    }

    private static List<Answer.Found> objects(LabeledResult result) {
        return result.getDetections().stream()
                .limit(OBJECTS)
                .map(object -> found(object, result.getWidth(), result.getHeight()))
                .toList();
    }

    private static Answer.Found found(Detection object, float width, float height) {
        Box box = object.getBox();
        return new Answer.Found(
                score(object),
                share(box.getXMin(), width),
                share(box.getYMin(), height),
                share(box.getXMax(), width),
                share(box.getYMax(), height));
    }

    /** 0 of what is not a number: the topic may hold anything, and JSON has no such numbers. */
    private static float share(float pixels, float side) {
        float share = pixels / side;
        return share > 0 ? Math.min(1, share) : 0;
    }

    private static Optional<String> header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(DisplayText.of(new String(header.value(), UTF_8)));
    }
}
