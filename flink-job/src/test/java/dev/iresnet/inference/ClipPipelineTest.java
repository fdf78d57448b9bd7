package dev.iresnet.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.clip.Clip;
import dev.iresnet.clip.ClipFrame;
import dev.iresnet.engine.EngineOptions;
import dev.iresnet.engine.batch.BatchPolicy;
import dev.iresnet.event.FailureCode;
import dev.iresnet.event.Frame;
import dev.iresnet.event.ImageEventFrameReader;
import dev.iresnet.event.RawRecord;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.PicturePreprocessor;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.ClassScores;
import dev.iresnet.model.ClipRule;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import dev.iresnet.model.Task;
import dev.iresnet.result.FrameCrop;
import dev.iresnet.result.FrameFailure;
import dev.iresnet.result.FrameListener;
import dev.iresnet.result.FrameOutcome;
import dev.iresnet.result.FrameResult;
import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.schemas.avro.ImageEncoding;
import dev.iresnet.schemas.avro.ImageEvent;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pipeline around a model for clips. */
@Timeout(30)
class ClipPipelineTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Preprocessing CROPS =
            new Preprocessing(
                    2,
                    2,
                    Preprocessing.Resize.STRETCH,
                    2,
                    List.of(0f, 0f, 0f),
                    List.of(1f, 1f, 1f));
    private static final byte BAD = -1;

    private final CountDownLatch gate = new CountDownLatch(1);
    private final InferencePipeline pipeline = pipeline(Duration.ZERO);

    @AfterEach
    void close() {
        gate.countDown();
        pipeline.close();
    }

    @Test
    void theOutcomeOfARecordIsItsCropAndNeedsNoDevice() throws Exception {
        byte[] pixels = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        // more than the engine has room for, and the device is held
        for (int i = 0; i < 20; i++) {
            FrameCrop crop = (FrameCrop) get(pipeline.submit(record(pixels)));
            assertThat(crop.pixels()).isEqualTo(pixels);
            assertThat(crop.frame().cameraId()).isEqualTo("gate");
            assertThat(crop.record().value()).isNull();
            assertThat(crop.source().offset()).isEqualTo(7);
        }
    }

    @Test
    void theListenerKnowsTheFrameOfAPictureThatCannotBeDecoded() throws Exception {
        FrameListener listener = new FrameListener();
        FrameOutcome outcome = get(pipeline.submit(record(new byte[5]), listener));
        assertThat(((FrameFailure) outcome).code()).isEqualTo(FailureCode.IMAGE_WRONG_LENGTH);
        assertThat(listener.frame()).isEqualTo(identity(7));
    }

    @Test
    void aClipsResultHasItsScoresAndItsEnds() throws Exception {
        gate.countDown();
        FrameOutcome outcome = get(pipeline.submit(clip(3, 1, 2), new FrameListener()));
        FrameResult result = (FrameResult) outcome;
        assertThat(result.labels())
                .extracting(FrameResult.Label::name)
                .containsExactly("first", "third", "second");
        assertThat(result.clip())
                .hasValue(new FrameResult.ClipSpan(5, 7, START.plusMillis(5), START.plusMillis(7)));
        assertThat(result.frame()).isEqualTo(identity(7));
    }

    @Test
    void aClipWhoseScoresAreNoNumbersFailsAlone() throws Exception {
        gate.countDown();
        FrameFailure failure =
                (FrameFailure) get(pipeline.submit(clip(3, BAD, 2), new FrameListener()));
        assertThat(failure.code()).isEqualTo(FailureCode.RESULT_NOT_FINITE);
        assertThat(failure.message()).contains("this frame's clip");
        assertThat(failure.record().value()).isNull();
        assertThat(get(pipeline.submit(clip(1, 1, 1), new FrameListener())))
                .isInstanceOf(FrameResult.class);
    }

    @Test
    void clipsThatNobodyWaitsForLeaveTheEngine() throws Exception {
        for (int i = 0; i < 50; i++) {
            pipeline.submit(clip(1, 2, 3), new FrameListener()).cancel(false);
        }
        assertThat(pipeline.pending()).isZero();
        gate.countDown();
        assertThat(get(pipeline.submit(clip(1, 2, 3), new FrameListener())))
                .isInstanceOf(FrameResult.class);
    }

    @Test
    void aCloseEndsWhatIsUnderWay() {
        gate.countDown();
        pipeline.close();
        assertThat(pipeline.submit(clip(1, 2, 3), new FrameListener())).isCompletedExceptionally();
    }

    /** Else a loud camera's clips would fill a slow device. */
    @Test
    void clipsAboveTheirCamerasShareAreShed() throws Exception {
        try (InferencePipeline shedding = pipeline(Duration.ofDays(36_500))) {
            List<CompletableFuture<FrameOutcome>> loud = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                loud.add(shedding.submit(clip("loud", 1, 2, 3), new FrameListener()));
            }
            var quiet = shedding.submit(clip("quiet", 1, 2, 3), new FrameListener());
            var above = shedding.submit(clip("loud", 1, 2, 3), new FrameListener());
            gate.countDown();
            FrameResult shed = (FrameResult) get(above);
            assertThat(shed.status()).isEqualTo(FrameResult.Status.STALE);
            assertThat(shed.clip()).isPresent();
            assertThat(shed.timings().batchWait()).as("before it took a place").isZero();
            loud.add(quiet);
            for (var outcome : loud) {
                assertThat(((FrameResult) get(outcome)).status())
                        .isNotEqualTo(FrameResult.Status.STALE);
            }
        }
    }

    private InferencePipeline pipeline(Duration maxAge) {
        return InferencePipeline.start(
                new Stages(
                        new ImageEventFrameReader(
                                SingleObjectFormat.ofImageEvents(List.of())::decode),
                        new PicturePreprocessor(CROPS, DecodeLimits.DEFAULT),
                        new FirstPixels()),
                new PipelineOptions(
                        new EngineOptions(
                                1, 1, new BatchPolicy(1, Duration.ZERO), Duration.ZERO, maxAge),
                        new Labeling(3, 0)));
    }

    private static FrameOutcome get(CompletableFuture<FrameOutcome> promise) throws Exception {
        return promise.get(20, TimeUnit.SECONDS);
    }

    /** Of three frames, each of which is filled with a byte. */
    private static Clip clip(int... values) {
        return clip("gate", values);
    }

    private static Clip clip(String key, int... values) {
        RawRecord record = new RawRecord("frames", 0, 7, 0, key.getBytes(UTF_8), null, List.of());
        return new Clip(
                identity(7),
                record,
                List.of(frame(5, values[0]), frame(6, values[1]), frame(7, values[2])));
    }

    private static ClipFrame frame(int number, int value) {
        byte[] pixels = new byte[CROPS.cropBytes()];
        Arrays.fill(pixels, (byte) value);
        return new ClipFrame(number, START.plusMillis(number), pixels);
    }

    private static Frame.Identity identity(int number) {
        return new Frame.Identity("event-" + number, "gate", number, START.plusMillis(number));
    }

    private static RawRecord record(byte[] pixels) {
        ImageEvent event =
                ImageEvent.newBuilder()
                        .setEventId("event-7")
                        .setCameraId("gate")
                        .setFrameNumber(7)
                        .setCapturedAt(START.plusMillis(7))
                        .setEncoding(ImageEncoding.RGB)
                        .setWidth(2)
                        .setHeight(2)
                        .setImage(ByteBuffer.wrap(pixels))
                        .build();
        return new RawRecord(
                "frames",
                0,
                7,
                0,
                "gate".getBytes(UTF_8),
                SingleObjectFormat.ofImageEvents(List.of()).encode(event),
                List.of());
    }

    /** The scores of a clip are the first bytes of its frames; of a bad one NaN. */
    private final class FirstPixels implements Model {
        @Override
        public ModelDescription description() {
            return new ModelDescription(
                    "clips",
                    1,
                    "0".repeat(64),
                    Task.VIDEO_CLASSIFICATION,
                    List.of("first", "second", "third"),
                    CROPS,
                    Optional.empty(),
                    Optional.of(new ClipRule(3)));
        }

        @Override
        public List<Prediction> predict(List<Sample> clips) {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            ByteBuffer pixels = clips.get(0).pixels();
            float[] scores = new float[3];
            for (int i = 0; i < 3; i++) {
                byte value = pixels.get(pixels.position() + i * CROPS.cropBytes());
                scores[i] = value == BAD ? Float.NaN : value;
            }
            return ClassScores.rows(scores, 3);
        }

        @Override
        public void close() {}
    }
}
