package dev.iresnet.proving.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.iresnet.schemas.ResultReader;
import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.schemas.UnreadableRecordException;
import dev.iresnet.schemas.avro.Box;
import dev.iresnet.schemas.avro.Clip;
import dev.iresnet.schemas.avro.Detection;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.Label;
import dev.iresnet.schemas.avro.LabeledResult;
import dev.iresnet.schemas.avro.ModelReference;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Makes answers of the records of the output and dead-letter topics. For one thread. */
final class AnswerReader {
    static final String NO_CODE = "(no code)";

    private static final long LONGEST_CLIP = 1 << 16;

    private final ResultReader results = new ResultReader();
    private final SingleObjectFormat<ImageEvent> events =
            SingleObjectFormat.ofImageEvents(List.of());

    /** One instance of each text that repeats for every frame. */
    private final Map<Object, Object> known = new HashMap<>();

    /** A result in Avro or JSON, whichever the first byte shows. */
    Answer result(ConsumerRecord<byte[], byte[]> record, Instant polledAt) {
        byte @Nullable [] value = record.value();
        if (value == null || value.length == 0) {
            return unreadable(record, "the result has no value");
        }
        try {
            LabeledResult result = results.decode(value);
            return answer(result, Instant.ofEpochMilli(record.timestamp()), polledAt);
        } catch (UnreadableRecordException e) {
            return unreadable(record, String.valueOf(e.getMessage()));
        }
    }

    /** A dead letter goes by its event's id if that can be read, else by its record's place. */
    Answer deadLetter(ConsumerRecord<byte[], byte[]> record) {
        DeadLetterHeaders headers = new DeadLetterHeaders(record.headers());
        Optional<String> id = eventId(record.value()).or(headers::position);
        if (id.isEmpty()) {
            return unreadable(record, "the dead letter has no event id and no __connect headers");
        }
        return new Answer.DeadLetter(id.get(), same(headers.code().orElse(NO_CODE)));
    }

    private Answer answer(LabeledResult result, Instant sentAt, Instant polledAt) {
        Optional<String> label =
                Stream.concat(
                                result.getLabels().stream().map(Label::getName),
                                result.getDetections().stream().map(Detection::getName))
                        .findFirst();
        ModelReference model = result.getModel();
        return new Answer.Result(
                result.getEventId(),
                result.getStatus(),
                label.map(this::same).orElse(null),
                result.getTimings().getBatchSize(),
                same(new Model(model.getName(), model.getVersion(), model.getDigest())),
                sentAt,
                polledAt,
                result.getWidth() > 0 ? result.getDetections().size() : null,
                isMisplaced(result),
                clip(result));
    }

    /** Null where the producer does not count its frames, too, or nobody can have counted so. */
    private Answer.@Nullable Clip clip(LabeledResult result) {
        Clip clip = result.getClip();
        if (clip == null || clip.getFirstFrameNumber() < 0) {
            return null;
        }
        long frames = clip.getLastFrameNumber() - clip.getFirstFrameNumber() + 1;
        return frames < 1 || frames > LONGEST_CLIP
                ? null
                : new Answer.Clip(
                        same(result.getCameraId()),
                        clip.getFirstFrameNumber(),
                        clip.getLastFrameNumber());
    }

    private static boolean isMisplaced(LabeledResult result) {
        float least = 1;
        for (Detection object : result.getDetections()) {
            Box box = object.getBox();
            boolean placed =
                    isPart(box.getXMin(), box.getXMax(), result.getWidth())
                            && isPart(box.getYMin(), box.getYMax(), result.getHeight());
            // NaN is neither
            if (!placed || !(object.getScore() >= 0 && object.getScore() <= least)) {
                return true;
            }
            least = object.getScore();
        }
        return false;
    }

    private static boolean isPart(float from, float to, int length) {
        return from >= 0 && from < to && to <= length;
    }

    private Optional<String> eventId(byte @Nullable [] value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(events.decode(value).getEventId()).filter(id -> !id.isEmpty());
        } catch (UnreadableRecordException e) {
            return Optional.empty();
        }
    }

    private static Answer unreadable(ConsumerRecord<byte[], byte[]> record, String why) {
        String place = "%s-%d@%d".formatted(record.topic(), record.partition(), record.offset());
        return new Answer.Unreadable(place, why);
    }

    @SuppressWarnings("unchecked") // a value is its own key
    private <T> T same(T value) {
        return (T) known.computeIfAbsent(value, key -> key);
    }

    /** The headers of a dead letter that tell where the record was and why it is here. */
    private static final class DeadLetterHeaders {
        private static final String PREFIX = "__connect.errors.";

        /** Ours: Kafka Connect has no header for it. */
        private static final String CODE = "iresnet.error.code";

        private final Headers headers;

        DeadLetterHeaders(Headers headers) {
            this.headers = headers;
        }

        Optional<String> code() {
            return text(CODE);
        }

        /** The event id of a record that has none of its own: {@code topic-partition-offset}. */
        Optional<String> position() {
            List<String> parts =
                    Stream.of("topic", "partition", "offset")
                            .flatMap(part -> text(PREFIX + part).stream())
                            .toList();
            return parts.size() == 3 ? Optional.of(String.join("-", parts)) : Optional.empty();
        }

        private Optional<String> text(String key) {
            Header header = headers.lastHeader(key);
            return header == null || header.value() == null
                    ? Optional.empty()
                    : Optional.of(new String(header.value(), UTF_8));
        }
    }
}
