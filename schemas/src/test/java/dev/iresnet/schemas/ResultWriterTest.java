package dev.iresnet.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.schemas.avro.Box;
import dev.iresnet.schemas.avro.Clip;
import dev.iresnet.schemas.avro.Detection;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.Label;
import dev.iresnet.schemas.avro.LabeledResult;
import dev.iresnet.schemas.avro.ModelReference;
import dev.iresnet.schemas.avro.Region;
import dev.iresnet.schemas.avro.ResultStatus;
import dev.iresnet.schemas.avro.SourcePosition;
import dev.iresnet.schemas.avro.TimeSpent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;

class ResultWriterTest {

    @Property(tries = 300)
    void writesWhatAvrosOwnWriterWrites(@ForAll("results") LabeledResult result)
            throws IOException {
        for (Schema released : SchemaHistory.labeledResult()) {
            assertThat(written(new ResultWriter(released), result))
                    .isEqualTo(written(new SpecificDatumWriter<>(released), result));
        }
    }

    @Example
    void aResultIsWrittenByTheFirstSchemaThatHasAllThatItTells() {
        LabeledResult plain = Samples.result();
        assertThat(ResultWriter.release(plain)).isZero();
        for (UnaryOperator<LabeledResult.Builder> more :
                List.<UnaryOperator<LabeledResult.Builder>>of(
                        result -> result.setWidth(1),
                        result -> result.setHeight(1),
                        result -> result.setDetections(Samples.detections().getDetections()),
                        result -> result.setClip(Samples.wholeResult().getClip()),
                        result -> result.setRegion(Samples.wholeResult().getRegion()))) {
            LabeledResult told = more.apply(LabeledResult.newBuilder(plain)).build();
            assertThat(ResultWriter.release(told)).as("%s", told).isEqualTo(1);
        }
    }

    @Example
    void saysThatARequiredFieldIsNull() {
        for (String field :
                List.of(
                        "eventId",
                        "cameraId",
                        "capturedAt",
                        "inferredAt",
                        "model",
                        "status",
                        "labels",
                        "timings",
                        "source")) {
            missing(result -> result.put(field, null));
        }
        missing(result -> result.getModel().put("digest", null));
        missing(result -> result.getSource().put("topic", null));
        missing(result -> result.put("detections", null));
    }

    @Example
    void refusesAnotherSchema() {
        assertThatThrownBy(() -> new ResultWriter(ImageEvent.getClassSchema()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ImageEvent");
        List<Schema> released = SchemaHistory.labeledResult();
        assertThatThrownBy(() -> new ResultWriter(released.get(0)).setSchema(released.get(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another release");
    }

    private static void missing(Consumer<LabeledResult> loss) {
        LabeledResult result = Samples.result();
        loss.accept(result);

        assertThatThrownBy(() -> SingleObjectFormat.ofLabeledResults().encode(result))
                .isInstanceOf(AvroRuntimeException.class)
                .hasMessage("A required field of a result is null");
    }

    private static byte[] written(DatumWriter<LabeledResult> writer, LabeledResult result)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        writer.write(result, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    @Provide
    Arbitrary<LabeledResult> results() {
        Arbitrary<String> text = Arbitraries.strings().ofMaxLength(20);
        Arbitrary<Long> number = Arbitraries.longs();
        Arbitrary<Integer> small = Arbitraries.integers();
        Arbitrary<Instant> time =
                Arbitraries.longs()
                        .between(-4_000_000_000_000_000L, 4_000_000_000_000_000L)
                        .map(
                                micros ->
                                        Instant.EPOCH
                                                .plusNanos(micros * 1000 % 1_000_000_000L)
                                                .plusSeconds(micros / 1_000_000));
        Arbitrary<ModelReference> model =
                Combinators.combine(text, number, text).as(ModelReference::new);
        Arbitrary<List<Label>> labels =
                Combinators.combine(small, text, Arbitraries.floats())
                        .as(Label::new)
                        .list()
                        .ofMaxSize(5);
        Arbitrary<TimeSpent> spent =
                Combinators.combine(number, number, number, number, small).as(TimeSpent::new);
        Arbitrary<Box> box =
                Combinators.combine(
                                Arbitraries.floats(),
                                Arbitraries.floats(),
                                Arbitraries.floats(),
                                Arbitraries.floats())
                        .as(Box::new);
        Arbitrary<List<Detection>> detections =
                Combinators.combine(small, text, Arbitraries.floats(), box)
                        .as(Detection::new)
                        .list()
                        .ofMaxSize(5);
        Arbitrary<Clip> clip =
                Combinators.combine(number, number, time, time).as(Clip::new).injectNull(0.5);
        Arbitrary<Region> region = Combinators.combine(text, box).as(Region::new).injectNull(0.5);
        Arbitrary<SourcePosition> source =
                Combinators.combine(text, small, number).as(SourcePosition::new);
        return Combinators.combine(text, text, number, time, time, model)
                .as(
                        (event, camera, frame, captured, inferred, by) ->
                                LabeledResult.newBuilder(Samples.result())
                                        .setEventId(event)
                                        .setCameraId(camera)
                                        .setFrameNumber(frame)
                                        .setCapturedAt(captured)
                                        .setInferredAt(inferred)
                                        .setModel(by))
                .flatMap(
                        builder ->
                                Combinators.combine(
                                                Arbitraries.of(ResultStatus.class),
                                                labels,
                                                spent,
                                                source)
                                        .as(
                                                (status, best, timings, where) ->
                                                        LabeledResult.newBuilder(builder)
                                                                .setStatus(status)
                                                                .setLabels(best)
                                                                .setTimings(timings)
                                                                .setSource(where)))
                .flatMap(
                        builder ->
                                Combinators.combine(small, small, detections, clip, region)
                                        .as(
                                                (width, height, found, frames, part) ->
                                                        LabeledResult.newBuilder(builder)
                                                                .setWidth(width)
                                                                .setHeight(height)
                                                                .setDetections(found)
                                                                .setClip(frames)
                                                                .setRegion(part)
                                                                .build()));
    }
}
