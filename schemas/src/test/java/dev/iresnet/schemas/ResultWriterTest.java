package dev.iresnet.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.Label;
import dev.iresnet.schemas.avro.LabeledResult;
import dev.iresnet.schemas.avro.ModelReference;
import dev.iresnet.schemas.avro.ResultStatus;
import dev.iresnet.schemas.avro.SourcePosition;
import dev.iresnet.schemas.avro.TimeSpent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;

class ResultWriterTest {

    @Property(tries = 300)
    void writesWhatAvrosOwnWriterWrites(@ForAll("results") LabeledResult result)
            throws IOException {
        assertThat(written(new ResultWriter(), result))
                .isEqualTo(written(new SpecificDatumWriter<>(LabeledResult.class), result));
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
    }

    @Example
    void refusesAnotherSchema() {
        assertThatThrownBy(() -> new ResultWriter().setSchema(ImageEvent.getClassSchema()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ImageEvent");
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
                                                                .setSource(where)
                                                                .build()));
    }
}
