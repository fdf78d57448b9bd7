package dev.iresnet.proving.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.schemas.ResultJson;
import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.schemas.avro.Box;
import dev.iresnet.schemas.avro.Clip;
import dev.iresnet.schemas.avro.Detection;
import dev.iresnet.schemas.avro.ImageEncoding;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.Label;
import dev.iresnet.schemas.avro.LabeledResult;
import dev.iresnet.schemas.avro.ModelReference;
import dev.iresnet.schemas.avro.ResultStatus;
import dev.iresnet.schemas.avro.SourcePosition;
import dev.iresnet.schemas.avro.TimeSpent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {
    private static final Instant POLLED = Instant.ofEpochSecond(9);
    private static final Answer.Result ANSWER =
            new Answer.Result(
                    "e1",
                    ResultStatus.LABELED,
                    "cat",
                    4,
                    new Model("demo", 1, "d1"),
                    Instant.ofEpochMilli(5_000),
                    POLLED);

    private final AnswerReader reader = new AnswerReader();
    private final RecordHeaders headers = new RecordHeaders();

    @Test
    void readsResultsInAvroAndInJson() {
        byte[] avro = SingleObjectFormat.ofLabeledResults().encode(result());
        byte[] json = new ResultJson().encode(result());

        assertThat(reader.result(record(avro), POLLED)).isEqualTo(ANSWER);
        assertThat(reader.result(record(json), POLLED)).isEqualTo(ANSWER);
    }

    @Test
    void readsWhatADetectorHasFound() {
        assertThat(objects(10, 20, 30, 40, 0.5f))
                .extracting(Answer.Result::label, Answer.Result::objects, Answer.Result::misplaced)
                .containsExactly("dog", 1, false);
        assertThat(objects(0, 0, 64, 48, 1).misplaced()).isFalse();
        LabeledResult nothing =
                LabeledResult.newBuilder(result())
                        .setLabels(List.of())
                        .setWidth(64)
                        .setHeight(48)
                        .build();
        assertThat(read(nothing))
                .extracting(Answer.Result::label, Answer.Result::objects, Answer.Result::misplaced)
                .containsExactly(null, 0, false);
    }

    @Test
    void boxesThatCannotBeAreNamed() {
        assertThat(objects(-1, 0, 64, 48, 1).misplaced()).isTrue();
        assertThat(objects(0, 0, 65, 48, 1).misplaced()).isTrue();
        assertThat(objects(0, 0, 64, 49, 1).misplaced()).isTrue();
        assertThat(objects(30, 0, 30, 48, 1).misplaced()).isTrue();
        assertThat(objects(0, 0, Float.NaN, 48, 1).misplaced()).isTrue();
        assertThat(objects(0, 0, 64, 48, Float.NaN).misplaced()).isTrue();
        assertThat(objects(0, 0, 64, 48, 1.5f).misplaced()).isTrue();
        Box box = new Box(1f, 1f, 2f, 2f);
        assertThat(
                        read(detections(
                                        new Detection(0, "cat", 0.25f, box),
                                        new Detection(1, "dog", 0.5f, box)))
                                .misplaced())
                .as("the better one comes later")
                .isTrue();
    }

    @Test
    void readsWhichFramesAClipHas() {
        Clip clip = new Clip(16L, 31L, Instant.EPOCH, Instant.EPOCH);
        LabeledResult result = LabeledResult.newBuilder(result()).setClip(clip).build();
        assertThat(read(result).clip())
                .isEqualTo(new Answer.Clip(String.valueOf(result.getCameraId()), 16, 31));
        clip = new Clip(0L, Long.MAX_VALUE, Instant.EPOCH, Instant.EPOCH);
        assertThat(read(LabeledResult.newBuilder(result).setClip(clip).build()).clip()).isNull();
        Clip uncounted = new Clip(-1L, -1L, Instant.EPOCH, Instant.EPOCH);
        assertThat(read(LabeledResult.newBuilder(result).setClip(uncounted).build()).clip())
                .isNull();
    }

    private Answer.Result objects(float left, float top, float right, float bottom, float score) {
        return read(detections(new Detection(1, "dog", score, new Box(left, top, right, bottom))));
    }

    private static LabeledResult detections(Detection... found) {
        return LabeledResult.newBuilder(result())
                .setLabels(List.of())
                .setWidth(64)
                .setHeight(48)
                .setDetections(List.of(found))
                .build();
    }

    private Answer.Result read(LabeledResult result) {
        byte[] avro = SingleObjectFormat.ofLabeledResults().encode(result);
        return (Answer.Result) reader.result(record(avro), POLLED);
    }

    @Test
    void namesTheRecordThatIsNoResult() {
        for (String value : List.of("", "\1\2\3", "{}")) {
            assertUnreadable(value.getBytes(UTF_8));
        }
        assertUnreadable(null);
    }

    private void assertUnreadable(byte @Nullable [] value) {
        Answer answer = reader.result(record(value), POLLED);
        assertThat(answer).isInstanceOf(Answer.Unreadable.class);
        assertThat(answer.eventId()).isEqualTo("topic-2@7");
    }

    @Test
    void deadLettersGoByTheirEventIfItCanBeRead() {
        position();
        code("IMAGE_CORRUPT");
        ImageEvent event =
                ImageEvent.newBuilder()
                        .setEventId("e1")
                        .setCameraId("c")
                        .setCapturedAt(Instant.EPOCH)
                        .setEncoding(ImageEncoding.JPEG)
                        .build();
        byte[] value = SingleObjectFormat.ofImageEvents(List.of()).encode(event);

        assertThat(reader.deadLetter(record(value)))
                .isEqualTo(new Answer.DeadLetter("e1", "IMAGE_CORRUPT"));
    }

    @Test
    void deadLettersGoByTheirPlaceOtherwise() {
        position();
        code("EMPTY_VALUE");

        assertThat(reader.deadLetter(record(null)))
                .isEqualTo(new Answer.DeadLetter("in-3-42", "EMPTY_VALUE"));
        assertThat(reader.deadLetter(record("a picture".getBytes(UTF_8))))
                .isEqualTo(new Answer.DeadLetter("in-3-42", "EMPTY_VALUE"));
    }

    @Test
    void deadLettersMayLackACode() {
        position();

        assertThat(reader.deadLetter(record(null)))
                .isEqualTo(new Answer.DeadLetter("in-3-42", AnswerReader.NO_CODE));
    }

    @Test
    void deadLettersThatNameNothingAreUnreadable() {
        code("EMPTY_VALUE");

        assertThat(reader.deadLetter(record(null))).isInstanceOf(Answer.Unreadable.class);
    }

    private void position() {
        headers.add("__connect.errors.topic", "in".getBytes(UTF_8));
        headers.add("__connect.errors.partition", "3".getBytes(UTF_8));
        headers.add("__connect.errors.offset", "42".getBytes(UTF_8));
    }

    private void code(String code) {
        headers.add("iresnet.error.code", code.getBytes(UTF_8));
    }

    @SuppressWarnings("NullAway") // a record may have no value
    private ConsumerRecord<byte[], byte[]> record(byte @Nullable [] value) {
        return new ConsumerRecord<>(
                "topic",
                2,
                7,
                5_000,
                TimestampType.CREATE_TIME,
                0,
                0,
                null,
                value,
                headers,
                Optional.empty());
    }

    private static LabeledResult result() {
        return LabeledResult.newBuilder()
                .setEventId("e1")
                .setCameraId("c")
                .setCapturedAt(Instant.EPOCH)
                .setInferredAt(Instant.EPOCH)
                .setModel(new ModelReference("demo", 1L, "d1"))
                .setStatus(ResultStatus.LABELED)
                .setLabels(List.of(new Label(3, "cat", 0.5f), new Label(5, "dog", 0.25f)))
                .setTimings(new TimeSpent(0L, 0L, 0L, 0L, 4))
                .setSource(new SourcePosition("in", 0, 0L))
                .build();
    }
}
