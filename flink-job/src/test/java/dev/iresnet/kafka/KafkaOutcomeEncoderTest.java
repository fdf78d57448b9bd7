package dev.iresnet.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.config.JobConfig;
import dev.iresnet.event.RawRecord;
import dev.iresnet.event.RecordHeader;
import dev.iresnet.operator.Frames;
import dev.iresnet.operator.OutboundRecord;
import dev.iresnet.schemas.ResultJson;
import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.serving.Outcome;
import java.util.List;
import java.util.Map;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class KafkaOutcomeEncoderTest {
    private static final Outcome.Labeled LABELED = Frames.labeled(Frames.frame(7), true);

    @Test
    void aResultIsKeyedByItsCameraAndKeepsTheFramesHeaders() {
        OutboundRecord record = encoder("avro").result(LABELED);
        assertThat(record.key()).isEqualTo("camera-1".getBytes(UTF_8));
        assertThat(record.headers()).isEqualTo(LABELED.record().headers());
    }

    @Test
    void writesAvro() throws Exception {
        byte[] value = requireNonNull(encoder("avro").result(LABELED).value());
        assertThat(SingleObjectFormat.ofLabeledResults().decode(value)).isEqualTo(LABELED.result());
    }

    @Test
    void writesJson() throws Exception {
        byte[] value = requireNonNull(encoder("json").result(LABELED).value());
        assertThat(new ResultJson().decode(value)).isEqualTo(LABELED.result());
    }

    @Test
    void headersThatCannotFitIntoAResultAreLeftOut() {
        RawRecord huge =
                new RawRecord(
                        "image-events",
                        0,
                        7,
                        0,
                        null,
                        null,
                        List.of(new RecordHeader("h", new byte[2 << 20])));
        OutboundRecord record =
                encoder("avro")
                        .result(
                                new Outcome.Labeled(
                                        huge, Frames.result(huge), Frames.TIMINGS, true));
        assertThat(record.headers())
                .extracting(RecordHeader::key)
                .containsExactly("iresnet.headers.omitted");
        assertThat(RecordSize.of(record)).isLessThan(1 << 20);
    }

    @Test
    void travelsToTheTaskManager() throws Exception {
        KafkaOutcomeEncoder encoder = encoder("avro");
        encoder.result(LABELED);
        KafkaOutcomeEncoder arrived = InstantiationUtil.clone(encoder);
        assertThat(arrived.result(LABELED).value()).isEqualTo(encoder.result(LABELED).value());
        assertThat(arrived.deadLetter(Frames.failed(Frames.frame(1))).value())
                .isEqualTo(Frames.frame(1).value());
    }

    private static KafkaOutcomeEncoder encoder(String format) {
        JobConfig config =
                JobConfig.read(
                        List.of(
                                "--kafka.bootstrap.servers=broker:9092",
                                "--input.topics=image-events",
                                "--output.topic=labeled-results",
                                "--output.format=" + format,
                                "--model.path=/models/demo"),
                        Map.of());
        return new KafkaOutcomeEncoder(config, RecordLimits.DEFAULT, ResultSchema.UNREGISTERED);
    }
}
