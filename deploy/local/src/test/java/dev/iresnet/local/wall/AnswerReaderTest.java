package dev.iresnet.local.wall;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.schemas.ResultJson;
import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.schemas.avro.Box;
import dev.iresnet.schemas.avro.Clip;
import dev.iresnet.schemas.avro.Detection;
import dev.iresnet.schemas.avro.Label;
import dev.iresnet.schemas.avro.LabeledResult;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AnswerReaderTest {

    private static final Position PLACE = new Position("in", 2, 40);

    private final AnswerReader reader = new AnswerReader();

    @Test
    void readsAvroAndJson() {
        LabeledResult sent = Answers.sent("door", "e1", PLACE, "ship");

        Answer.Result avro = result(avro(sent)).orElseThrow();
        Answer.Result json = result(new ResultJson().encode(sent)).orElseThrow();

        assertThat(avro).isEqualTo(json);
        assertThat(avro.eventId()).isEqualTo("e1");
        assertThat(avro.cameraId()).isEqualTo("door");
        assertThat(avro.position()).isEqualTo(PLACE);
        assertThat(avro.model()).isEqualTo("net, version 1");
        assertThat(avro.labels())
                .containsExactly(
                        new Answer.Score("ship", 0.75f), new Answer.Score("truck", 0.125f));
    }

    @Test
    void takesAsManyLabelsAsACardHasRoomFor() {
        LabeledResult sent =
                LabeledResult.newBuilder(Answers.sent("door", "e1", PLACE, "ship"))
                        .setLabels(Collections.nCopies(1000, new Label(0, "x".repeat(9999), 0.1f)))
                        .build();

        Answer.Result result = result(new ResultJson().encode(sent)).orElseThrow();

        assertThat(result.labels()).hasSize(AnswerReader.LABELS);
        assertThat(result.labels().get(0).label()).hasSize(DisplayText.MAX_LENGTH + 1);
    }

    @Test
    void countsTheFramesOfAClip() {
        LabeledResult sent = Answers.sent("door", "e1", PLACE, "pan left");
        assertThat(result(avro(sent)).orElseThrow().frames()).isEqualTo(1);
        for (long last : new long[] {31, -5}) {
            sent =
                    LabeledResult.newBuilder(sent)
                            .setClip(new Clip(16L, last, Instant.EPOCH, Instant.EPOCH))
                            .build();
            assertThat(result(avro(sent)).orElseThrow().frames()).isEqualTo(last < 0 ? 1 : 16);
        }
    }

    @Test
    void readsWhatADetectorHasFoundInSharesOfThePicture() {
        LabeledResult sent =
                detections(new Detection(1, "dog", 0.75f, new Box(160f, 120f, 640f, 480f)));

        Answer.Result result = result(avro(sent)).orElseThrow();

        Answer.Score dog = new Answer.Score("dog", 0.75f);
        assertThat(result.labels()).containsExactly(dog);
        assertThat(result.objects()).containsExactly(new Answer.Found(dog, 0.25f, 0.25f, 1, 1));
        assertThat(result(avro(detections())).orElseThrow().objects()).isEmpty();
        assertThat(result(avro(Answers.sent("door", "e1", PLACE, "ship"))).orElseThrow().objects())
                .isNull();
    }

    @Test
    void boxesThatNoJobWouldGiveStayWithinThePicture() {
        Box wild = new Box(Float.NaN, -7f, Float.POSITIVE_INFINITY, 1e30f);
        Detection[] many = new Detection[1000];
        Arrays.fill(many, new Detection(1, "x".repeat(9999), 0.1f, wild));

        Answer.Result result = result(avro(detections(many))).orElseThrow();

        assertThat(result.objects()).hasSize(AnswerReader.OBJECTS);
        Answer.Found first = requireNonNull(result.objects()).get(0);
        assertThat(first.score().label()).hasSize(DisplayText.MAX_LENGTH + 1);
        assertThat(List.of(first.left(), first.top(), first.right(), first.bottom()))
                .containsExactly(0f, 0f, 1f, 1f);
    }

    private static LabeledResult detections(Detection... found) {
        return LabeledResult.newBuilder(Answers.sent("door", "e1", PLACE, "ship"))
                .setLabels(List.of())
                .setWidth(640)
                .setHeight(480)
                .setDetections(List.of(found))
                .build();
    }

    @Test
    void idsThatNoJobWouldGiveAreNotKept() {
        LabeledResult sent = Answers.sent("door", "e".repeat(1025), PLACE, "ship");
        Position elsewhere = new Position("t".repeat(250), 0, 0);

        assertThat(result(new ResultJson().encode(sent))).isEmpty();
        assertThat(result(new ResultJson().encode(Answers.sent("door", "e", elsewhere, "ship"))))
                .isEmpty();
    }

    @Test
    void whatIsNoResultIsNoAnswer() {
        assertThat(result(null)).isEmpty();
        assertThat(result(new byte[0])).isEmpty();
        assertThat(result("{}".getBytes(UTF_8))).isEmpty();
        assertThat(result("{\"eventId\":\"e\",\"labels\":7}".getBytes(UTF_8))).isEmpty();
    }

    @Test
    void aResultThatIsCutOrChangedIsReadOrNoAnswer() {
        byte[] avro = avro(Answers.sent("door", "e1", PLACE, "ship"));
        byte[] json = new ResultJson().encode(Answers.sent("door", "e1", PLACE, "ship"));
        Random random = new Random(1);
        for (byte[] whole : List.of(avro, json)) {
            for (int round = 0; round < 2000; round++) {
                byte[] changed = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();

                result(changed).ifPresent(read -> assertThat(read.labels()).hasSizeLessThan(4));
            }
            assertThat(result(Arrays.copyOf(whole, whole.length - 1))).isEmpty();
        }
    }

    @Test
    void readsCodeAndCameraOfDeadLetters() {
        ConsumerRecord<byte[], byte[]> record = record("door\u0007".getBytes(UTF_8), null);
        record.headers().add("iresnet.error.code", "IMAGE_CORRUPT".getBytes(UTF_8));
        record.headers().add("__connect.errors.exception.message", "breaks off".getBytes(UTF_8));

        assertThat(reader.deadLetter(record))
                .isEqualTo(new Answer.Letter("door ", "IMAGE_CORRUPT", "breaks off"));
    }

    @Test
    void deadLettersOfOthersLackWhatOursHave() {
        ConsumerRecord<byte[], byte[]> keyless = record(null, new byte[] {1});
        keyless.headers().add("iresnet.error.code", null);

        assertThat(reader.deadLetter(keyless))
                .isEqualTo(new Answer.Letter(AnswerReader.NO_CAMERA, AnswerReader.NO_CODE, ""));
        assertThat(reader.deadLetter(record(new byte[] {(byte) 0xFF}, null)).cameraId())
                .isEqualTo("\uFFFD");
    }

    private static byte[] avro(LabeledResult result) {
        return SingleObjectFormat.ofLabeledResults().encode(result);
    }

    private Optional<Answer.Result> result(byte @Nullable [] value) {
        return reader.result(record("door".getBytes(UTF_8), value)).map(Answer.Result.class::cast);
    }

    private static ConsumerRecord<byte[], byte[]> record(
            byte @Nullable [] key, byte @Nullable [] value) {
        return new ConsumerRecord<>("any", 0, 5L, key, value);
    }
}
