package dev.iresnet.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.config.OutputConfig;
import dev.iresnet.event.Frame;
import dev.iresnet.event.Records;
import dev.iresnet.operator.Frames;
import dev.iresnet.schemas.avro.Label;
import dev.iresnet.schemas.avro.LabeledResult;
import dev.iresnet.schemas.avro.ModelReference;
import dev.iresnet.schemas.avro.SourcePosition;
import dev.iresnet.serving.Outcome;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Collections;

class ResultEncoderTest {
    private static final int LABELS = 200;

    /** With nothing but characters that take the most bytes: JSON's escapes, Avro's three bytes. */
    @ParameterizedTest
    @CsvSource({"AVRO, 65535", "JSON, 1"})
    void noResultIsLargerThanForetold(OutputConfig.Format format, int codePoint) {
        String character = Character.toString(codePoint);
        String id = character.repeat(Frame.MAX_ID_LENGTH);
        LabeledResult result =
                LabeledResult.newBuilder(Frames.result(Records.of("door", null, 0)))
                        .setEventId(id)
                        .setCameraId(id)
                        .setFrameNumber(Long.MIN_VALUE)
                        .setModel(
                                new ModelReference("m".repeat(255), Long.MIN_VALUE, "0".repeat(64)))
                        .setSource(
                                new SourcePosition(
                                        "t".repeat(249), Integer.MIN_VALUE, Long.MIN_VALUE))
                        .setLabels(
                                Collections.nCopies(
                                        LABELS,
                                        new Label(
                                                Integer.MIN_VALUE,
                                                character.repeat(ResultEncoder.LABEL_NAME),
                                                -Float.MIN_NORMAL)))
                        .build();
        Outcome.Labeled labeled =
                new Outcome.Labeled(Records.of("door", null, 0), result, Frames.TIMINGS, true);

        OutputConfig output =
                new OutputConfig(
                        "labels",
                        format,
                        OutputConfig.Framing.SINGLE_OBJECT,
                        OutputConfig.Compression.NONE);
        ResultEncoder encoder =
                new ResultEncoder(output, ResultSchema.UNREGISTERED, Integer.MAX_VALUE);
        long size = RecordSize.of(encoder.encode(labeled));

        assertThat(size)
                .isBetween(ResultEncoder.largest(LABELS) / 4, ResultEncoder.largest(LABELS));
    }
}
