package dev.iresnet.operator.clip;

import static dev.iresnet.operator.clip.CameraFrames.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.LogWatch;
import dev.iresnet.clip.CameraFrame;
import dev.iresnet.clip.Clip;
import dev.iresnet.clip.ClipOptions;
import dev.iresnet.event.ImageEventFrameReader;
import dev.iresnet.event.RawRecord;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.PicturePreprocessor;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.inference.InferencePipeline;
import dev.iresnet.inference.Rig;
import dev.iresnet.inference.Stages;
import dev.iresnet.model.ClassScores;
import dev.iresnet.model.ClipRule;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import dev.iresnet.model.Task;
import dev.iresnet.operator.ElementTypes;
import dev.iresnet.result.FrameResult;
import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.schemas.avro.ImageEncoding;
import dev.iresnet.schemas.avro.ImageEvent;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Task managers whose engines serve different versions of a model. */
@Timeout(60)
@SuppressWarnings("try") // the harness may be interrupted while it closes
class ClipVersionsTest {
    private static final int LENGTH = 3;
    private static final ClipOptions OPTIONS =
            CameraFrames.options(null, Duration.ofSeconds(1), Duration.ofMinutes(1));

    @Test
    void cropsOfAnotherPreprocessingAreMissingAndEndNothing() throws Exception {
        // larger, and of the same size
        for (Preprocessing other :
                List.of(CameraFrames.CROPS.stretchedTo(4), CameraFrames.CROPS.withoutMargin())) {
            try (var log = new LogWatch("makes crops for version 2 of the model, and version 1");
                    var here = TaskManager.start(1, CameraFrames.CROPS, LENGTH);
                    var elsewhere = TaskManager.start(2, other, LENGTH)) {
                List<CameraFrame> frames = new ArrayList<>();
                frames.addAll(elsewhere.crop(0, 1));
                frames.addAll(here.crop(2, 3));
                frames.addAll(elsewhere.crop(4, 5, 6));
                frames.addAll(here.crop(7));
                assertThat(here.label(frames)).containsExactly("2 to 7 by version 1");
                assertThat(here.engine.isUsable()).isTrue();
                assertThat(log.found()).as("told once").hasSize(1);
            }
        }
    }

    /** Clips are made and labelled by the same engine, so each has the length that it takes. */
    @Test
    void cropsOfAVersionForLongerClipsDo() throws Exception {
        try (var here = TaskManager.start(1, CameraFrames.CROPS, LENGTH);
                var elsewhere = TaskManager.start(2, CameraFrames.CROPS, LENGTH + 1)) {
            List<CameraFrame> frames = elsewhere.crop(0, 1, 2, 3);
            assertThat(here.label(frames)).containsExactly("0 to 2 by version 1");
            assertThat(elsewhere.label(frames)).containsExactly("0 to 3 by version 2");
        }
    }

    /** A subtask of each operator around one engine. */
    private record TaskManager(
            InferencePipeline engine,
            OneInputStreamOperatorTestHarness<RawRecord, CameraFrame> cropping,
            ClipSubtasks assembling,
            OneInputStreamOperatorTestHarness<Clip, FrameResult> inference)
            implements AutoCloseable {

        static TaskManager start(long version, Preprocessing crops, int length) throws Exception {
            InferencePipeline engine = pipeline(version, crops, length);
            ClipOperators operators = ClipSubtasks.operators(engine, OPTIONS);
            var cropping =
                    new OneInputStreamOperatorTestHarness<RawRecord, CameraFrame>(
                            operators.cropping(), 128, 1, 0);
            cropping.setup(new ClipTypes.CameraFrames());
            cropping.open();
            var inference =
                    new OneInputStreamOperatorTestHarness<Clip, FrameResult>(
                            operators.inference(), 128, 1, 0);
            inference.setup(ElementTypes.FRAME_RESULT.createSerializer(new SerializerConfigImpl()));
            inference.open();
            return new TaskManager(
                    engine, cropping, ClipSubtasks.start(1, operators, null, 0), inference);
        }

        List<CameraFrame> crop(int... numbers) throws Exception {
            for (int number : numbers) {
                cropping.processElement(new StreamRecord<>(record(number), number));
            }
            cropping.prepareSnapshotPreBarrier(1);
            List<CameraFrame> crops = cropping.extractOutputValues();
            cropping.getOutput().clear();
            return crops;
        }

        List<String> label(List<CameraFrame> frames) throws Exception {
            for (CameraFrame frame : frames) {
                assembling.send(frame);
            }
            for (Clip clip : assembling.clips()) {
                inference.processElement(new StreamRecord<>(clip));
            }
            inference.prepareSnapshotPreBarrier(1);
            return inference.extractOutputValues().stream()
                    .map(
                            result ->
                                    "%d to %d by version %d"
                                            .formatted(
                                                    result.clip().orElseThrow().firstNumber(),
                                                    result.frame().frameNumber(),
                                                    result.model().version()))
                    .toList();
        }

        @Override
        public void close() throws Exception {
            cropping.close();
            assembling.close();
            inference.close();
        }
    }

    private static InferencePipeline pipeline(long version, Preprocessing crops, int length) {
        ModelDescription model =
                new ModelDescription(
                        "clips",
                        version,
                        "0".repeat(64),
                        Task.VIDEO_CLASSIFICATION,
                        List.of("a"),
                        crops,
                        Optional.empty(),
                        Optional.of(new ClipRule(length)));
        return InferencePipeline.start(
                new Stages(
                        new ImageEventFrameReader(
                                SingleObjectFormat.ofImageEvents(List.of())::decode),
                        new PicturePreprocessor(crops, DecodeLimits.DEFAULT),
                        new OneLabel(model)),
                Rig.options(1, 1, 1));
    }

    private static RawRecord record(int number) {
        ImageEvent event =
                ImageEvent.newBuilder()
                        .setEventId("event-" + number)
                        .setCameraId("gate")
                        .setFrameNumber(number)
                        .setCapturedAt(START.plusMillis(number))
                        .setEncoding(ImageEncoding.RGB)
                        .setWidth(2)
                        .setHeight(2)
                        .setImage(ByteBuffer.allocate(CameraFrames.CROPS.cropBytes()))
                        .build();
        return new RawRecord(
                "frames",
                0,
                number,
                0,
                "gate".getBytes(UTF_8),
                SingleObjectFormat.ofImageEvents(List.of()).encode(event),
                List.of());
    }

    private record OneLabel(ModelDescription description) implements Model {
        @Override
        public List<Prediction> predict(List<Sample> clips) {
            return ClassScores.rows(new float[] {1}, 1);
        }

        @Override
        public void close() {}
    }
}
