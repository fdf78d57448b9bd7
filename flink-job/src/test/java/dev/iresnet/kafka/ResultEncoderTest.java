package dev.iresnet.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.config.OutputConfig;
import dev.iresnet.event.Frame;
import dev.iresnet.event.RawRecord;
import dev.iresnet.event.RecordHeader;
import dev.iresnet.model.Detections;
import dev.iresnet.operator.Frames;
import dev.iresnet.operator.TaggingException;
import dev.iresnet.result.FrameResult;
import dev.iresnet.result.Timings;
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
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ResultEncoderTest {
    private static final int LABELS = 200;
    private static final RawRecord RECORD = Frames.frame(7);
    private static final FrameResult RESULT =
            Frames.result(
                    RECORD,
                    FrameResult.Status.LABELLED,
                    new Timings(1_999, 2_500, 3_500, 4_000, 5_000, 8));

    private final ResultEncoder avro = encoder(OutputConfig.Format.AVRO, 1 << 20);

    @Test
    void aResultIsKeyedByItsCameraAndKeepsTheFramesHeaders() {
        OutboundRecord record = avro.encode(RESULT);
        assertThat(record.key()).isEqualTo("camera-1".getBytes(UTF_8));
        assertThat(record.headers()).isEqualTo(RECORD.headers());
    }

    @Test
    void writesAllThatAResultPromises() throws Exception {
        LabeledResult written = writtenAsAvro(RESULT);
        assertThat(written)
                .isEqualTo(
                        new LabeledResult(
                                "event-7",
                                "camera-1",
                                7L,
                                Instant.ofEpochMilli(1_007),
                                Instant.ofEpochMilli(1_012),
                                new ModelReference("fake", 1L, "0".repeat(64)),
                                ResultStatus.LABELED,
                                List.of(new Label(3, "cat", 0.75f)),
                                // decoding has the fetch in it
                                new TimeSpent(1L, 6L, 4L, 5L, 8),
                                new SourcePosition("image-events", 0, 7L),
                                0,
                                0,
                                List.of(),
                                null,
                                null));
    }

    @Test
    void writesWhatADetectorHasFound() throws Exception {
        LabeledResult written = writtenAsAvro(Frames.detected(RECORD));
        assertThat(written.getStatus()).isEqualTo(ResultStatus.LABELED);
        assertThat(written.getLabels()).isEmpty();
        assertThat(written.getWidth()).isEqualTo(640);
        assertThat(written.getHeight()).isEqualTo(480);
        assertThat(written.getDetections())
                .containsExactly(
                        new Detection(1, "dog", 0.75f, new Box(0f, 1.5f, 320.25f, 480f)),
                        new Detection(0, "cat", 0.5f, new Box(8f, 8f, 16f, 24f)));
        byte[] json =
                encoder(OutputConfig.Format.JSON, 1 << 20).encode(Frames.detected(RECORD)).value();
        assertThat(new ResultJson().decode(requireNonNull(json))).isEqualTo(written);
    }

    @Test
    void writesTheFirstAndTheLastFrameOfAClip() throws Exception {
        LabeledResult written = writtenAsAvro(Frames.ofClip(RECORD));
        assertThat(written.getClip())
                .isEqualTo(
                        new Clip(4L, 7L, Instant.ofEpochMilli(707), Instant.ofEpochMilli(1_007)));
        assertThat(written.getEventId()).isEqualTo("event-7");
        assertThat(written.getLabels()).hasSize(1);
        byte[] json =
                encoder(OutputConfig.Format.JSON, 1 << 20).encode(Frames.ofClip(RECORD)).value();
        assertThat(new ResultJson().decode(requireNonNull(json))).isEqualTo(written);
    }

    /** No restart would mend it. */
    @Test
    void aDetectorsResultWhoseSchemaIsNotInTheRegistryEndsTheJob() {
        ResultEncoder encoder =
                new ResultEncoder(
                        output(OutputConfig.Format.AVRO, OutputConfig.Framing.CONFLUENT),
                        new ResultSchema(List.of(7)),
                        1 << 20);
        assertThat(encoder.encode(RESULT).value()).startsWith(0, 0, 0, 0, 7);
        assertThatThrownBy(() -> encoder.encode(Frames.detected(RECORD)))
                .isInstanceOf(TaggingException.class)
                .hasMessageContaining("subject 'labels-value'")
                .hasMessageContaining("schema-registry.register");
    }

    @ParameterizedTest
    @EnumSource
    void everyStatusHasItsName(FrameResult.Status status) throws Exception {
        FrameResult result = Frames.result(RECORD, status, RESULT.timings());
        String name = status == FrameResult.Status.LABELLED ? "LABELED" : status.name();
        assertThat(writtenAsAvro(result).getStatus()).hasToString(name);
    }

    @Test
    void writesTheSameAsJson() throws Exception {
        byte[] value = encoder(OutputConfig.Format.JSON, 1 << 20).encode(RESULT).value();
        assertThat(new ResultJson().decode(requireNonNull(value))).isEqualTo(writtenAsAvro(RESULT));
    }

    @Test
    void headersThatCannotFitIntoAResultAreLeftOut() {
        List<RecordHeader> huge = List.of(new RecordHeader("h", new byte[2 << 20]));
        RawRecord record = new RawRecord("image-events", 0, 7, 0, null, null, huge);
        OutboundRecord sent = avro.encode(Frames.labeled(record));
        assertThat(sent.headers())
                .extracting(RecordHeader::key)
                .containsExactly("iresnet.headers.omitted");
        assertThat(sent.size()).isLessThan(1 << 20);
    }

    @Test
    void encodersTravelToTheTaskManager() throws Exception {
        OutboundRecord sent = avro.encode(RESULT);
        assertThat(InstantiationUtil.clone(avro).encode(RESULT).value()).isEqualTo(sent.value());
        assertThat(
                        InstantiationUtil.clone(new DeadLetterEncoder("dead", "cameras", 1 << 20))
                                .encode(Frames.failed(RECORD))
                                .value())
                .isEqualTo(RECORD.value());
    }

    /** With nothing but characters that take the most bytes: JSON's escapes, Avro's three bytes. */
    @ParameterizedTest
    @CsvSource({"AVRO, 65535", "JSON, 1"})
    void noResultIsLargerThanForetold(OutputConfig.Format format, int codePoint) {
        String character = Character.toString(codePoint);
        String id = character.repeat(Frame.MAX_ID_LENGTH);
        FrameResult result =
                new FrameResult(
                        new Frame.Identity(id, id, Long.MIN_VALUE, RESULT.frame().capturedAt()),
                        new RawRecord.Position("t".repeat(249), Integer.MIN_VALUE, Long.MIN_VALUE),
                        List.of(),
                        new FrameResult.ModelVersion(
                                "m".repeat(255), Long.MIN_VALUE, "0".repeat(64)),
                        RESULT.inferredAt(),
                        FrameResult.Status.LABELLED,
                        Collections.nCopies(
                                LABELS,
                                new FrameResult.Label(
                                        Integer.MIN_VALUE,
                                        character.repeat(ResultEncoder.LABEL_NAME),
                                        -Float.MIN_NORMAL)),
                        Optional.empty(),
                        Optional.empty(),
                        RESULT.timings());

        long size = encoder(format, Integer.MAX_VALUE).encode(result).size();

        assertThat(size)
                .isBetween(ResultEncoder.largest(LABELS) / 4, ResultEncoder.largest(LABELS));

        float longest = -1.17549435e-38f;
        FrameResult.DetectedObject object =
                new FrameResult.DetectedObject(
                        result.labels().get(0),
                        new Detections.Box(longest, longest, longest, longest));
        FrameResult found =
                new FrameResult(
                        result.frame(),
                        result.source(),
                        List.of(),
                        result.model(),
                        result.inferredAt(),
                        result.status(),
                        List.of(),
                        Optional.of(
                                new FrameResult.DetectedObjects(
                                        Integer.MAX_VALUE,
                                        Integer.MAX_VALUE,
                                        Collections.nCopies(LABELS, object))),
                        Optional.empty(),
                        result.timings());

        long largest = ResultEncoder.largestOfDetector(LABELS);
        assertThat(encoder(format, Integer.MAX_VALUE).encode(found).size())
                .isBetween(largest / 4, largest);
        assertThat(ResultEncoder.mostBoxes((int) largest)).isEqualTo(LABELS);
        assertThat(ResultEncoder.mostBoxes((int) largest - 1)).isEqualTo(LABELS - 1);
        assertThat(ResultEncoder.mostBoxes(1)).isZero();
    }

    private LabeledResult writtenAsAvro(FrameResult result) throws Exception {
        byte[] value = requireNonNull(avro.encode(result).value());
        return SingleObjectFormat.ofLabeledResults().decode(value);
    }

    private static ResultEncoder encoder(OutputConfig.Format format, int limit) {
        return new ResultEncoder(
                output(format, OutputConfig.Framing.SINGLE_OBJECT),
                ResultSchema.UNREGISTERED,
                limit);
    }

    private static OutputConfig output(OutputConfig.Format format, OutputConfig.Framing framing) {
        return new OutputConfig("labels", format, framing, OutputConfig.Compression.NONE);
    }
}
