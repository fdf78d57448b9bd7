package dev.iresnet.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.iresnet.Condition;
import dev.iresnet.engine.batch.BatchPolicy;
import dev.iresnet.event.FrameReader;
import dev.iresnet.event.PictureFrameReader;
import dev.iresnet.event.RawRecord;
import dev.iresnet.image.CropGeometry;
import dev.iresnet.image.EncodedImage;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.image.Preprocessor;
import dev.iresnet.inference.InferencePipeline;
import dev.iresnet.inference.Labeling;
import dev.iresnet.inference.PipelineOptions;
import dev.iresnet.inference.Stages;
import dev.iresnet.model.ClassScores;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import dev.iresnet.result.FrameResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.runtime.util.TestingTaskManagerRuntimeInfo;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks of one job come and go in a process. */
@Timeout(60)
@SuppressWarnings("try") // the harness may be interrupted while it closes
final class SharedEngineProviderTest {
    private static final FramesInFlight SMALL = new FramesInFlight(1 << 20, 1 << 20, 0);

    /** What loading and labelling meet; of all engines of this test. */
    private static final AtomicReference<@Nullable Exception> AT_LOADING = new AtomicReference<>();

    private static final AtomicReference<@Nullable RuntimeException> AT_LABELLING =
            new AtomicReference<>();
    private static final AtomicInteger STARTED = new AtomicInteger();

    private final JobID job = new JobID();

    @AfterEach
    void forget() {
        AT_LOADING.set(null);
        AT_LABELLING.set(null);
        STARTED.set(0);
    }

    private record Recipe(JobID job) implements EngineFactory {
        @Override
        public InferencePipeline start(AssignedGpus gpus) throws Exception {
            Exception trouble = AT_LOADING.get();
            if (trouble != null) {
                throw trouble;
            }
            STARTED.incrementAndGet();
            FrameReader reader = new PictureFrameReader();
            return InferencePipeline.start(
                    new Stages(reader, new BlankCropper(), new OneClass()),
                    new PipelineOptions(
                            1, 1, new BatchPolicy(4, Duration.ZERO), new Labeling(1, 0)));
        }

        @Override
        public String device() {
            return "none";
        }
    }

    private static final class BlankCropper implements Preprocessor {
        @Override
        public CropGeometry crop(EncodedImage image, ByteBuffer crop) {
            return CropGeometry.whole(Preprocessing.IMAGENET);
        }

        @Override
        public void close() {}
    }

    private static final class OneClass implements Model {
        @Override
        public ModelDescription description() {
            Preprocessing pixel =
                    new Preprocessing(
                            1,
                            1,
                            Preprocessing.Resize.STRETCH,
                            1,
                            List.of(0f, 0f, 0f),
                            List.of(1f, 1f, 1f));
            return new ModelDescription("one", 1, "ab".repeat(32), List.of("a"), pixel);
        }

        @Override
        public List<Prediction> predict(List<Sample> crops) {
            RuntimeException trouble = AT_LABELLING.get();
            if (trouble != null) {
                throw trouble;
            }
            float[] scores = new float[crops.size()];
            return ClassScores.rows(FloatBuffer.wrap(scores), 1);
        }

        @Override
        public void close() {}
    }

    @Test
    void theHeapIsCheckedAgainWhenMoreSlotsMeetAWarmEngine() throws Exception {
        // fits once and not 8 times
        long quarter = Runtime.getRuntime().maxMemory() / 4;
        FramesInFlight frames = new FramesInFlight(quarter, 1, 0);
        try (var alone = harness(frames, 1)) {
            alone.open();
        }
        try (var rescaled = harness(frames, 8)) {
            assertThatThrownBy(rescaled::open)
                    .isInstanceOf(TaggingException.class)
                    .hasMessageContaining("8 slots x");
        }
        assertThat(STARTED).hasValue(1);
    }

    @Test
    void aDeviceThatFailsOnceCostsARestartAndGetsANewEngine() throws Exception {
        AT_LABELLING.set(new ModelException("the device failed"));
        assertThat(failure())
                .isInstanceOf(EngineException.class)
                .satisfies(OperatorHarness::isNotFatal);
        AT_LABELLING.set(null);

        try (var harness = harness(SMALL, 1)) {
            harness.open();
            harness.processElement(picture(), 0);
            Condition.await("a result", () -> harness.getTaskMailbox().hasMail());
            OperatorHarness.runMails(harness);
            assertThat(harness.extractOutputValues()).hasSize(1);
        }
        assertThat(STARTED).hasValue(2);
    }

    @Test
    void aDeviceThatFailsWithEveryNewEngineStopsTheJobForGood() throws Exception {
        // as a kernel that does not exist: neither of our kind nor of TensorFlow's own
        AT_LABELLING.set(new UnsupportedOperationException("no kernel"));
        for (int attempt = 0; attempt < 4; attempt++) {
            assertThat(failure())
                    .isInstanceOf(EngineException.class)
                    .satisfies(OperatorHarness::isNotFatal);
        }
        assertThat(failure())
                .isInstanceOf(TaggingException.class)
                .hasMessageContaining("failed 4 times in a row")
                .hasMessageContaining("no kernel");
        assertThat(STARTED).hasValue(4);
    }

    @Test
    void whatFailsAtLoadingIsFatalAtFirstAndWorthARestartInPlaceOfAFailedEngine() throws Exception {
        AT_LOADING.set(new ModelException("no memory on the device"));
        assertThat(failure()).isInstanceOf(TaggingException.class);
        AT_LOADING.set(null);
        AT_LABELLING.set(new ModelException("the device failed"));
        assertThat(failure()).isInstanceOf(EngineException.class);

        AT_LOADING.set(new ModelException("no memory on the device"));
        assertThat(failure())
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("no memory on the device")
                .satisfies(OperatorHarness::isNotFatal);
    }

    @Test
    void aStoreThatIsDownIsTriedAgain() throws Exception {
        AT_LOADING.set(new IOException("503 slow down"));
        assertThat(failure())
                .isInstanceOf(UncheckedIOException.class)
                .satisfies(OperatorHarness::isNotFatal);
    }

    /** Of a task that opens and labels a frame. */
    private Throwable failure() throws Exception {
        try (var harness = harness(SMALL, 1)) {
            return catchThrowable(
                    () -> {
                        harness.open();
                        harness.processElement(picture(), 0);
                        Condition.await("an answer", () -> harness.getTaskMailbox().hasMail());
                        OperatorHarness.runMails(harness);
                    });
        }
    }

    private static RawRecord picture() {
        RawRecord frame = Frames.frame(1);
        byte[] jpeg = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 0};
        return new RawRecord(
                frame.topic(),
                frame.partition(),
                frame.offset(),
                frame.timestamp(),
                frame.key(),
                jpeg,
                frame.headers());
    }

    private OneInputStreamOperatorTestHarness<RawRecord, FrameResult> harness(
            FramesInFlight frames, int parallelism) throws Exception {
        MockEnvironment environment =
                new MockEnvironmentBuilder()
                        .setJobID(job)
                        .setParallelism(parallelism)
                        .setMaxParallelism(128)
                        .setTaskManagerRuntimeInfo(
                                new TestingTaskManagerRuntimeInfo(
                                        new Configuration()
                                                .set(TaskManagerOptions.NUM_TASK_SLOTS, 8)))
                        .build();
        var harness =
                new OneInputStreamOperatorTestHarness<RawRecord, FrameResult>(
                        new InferenceOperatorFactory(
                                new SharedEngineProvider(new Recipe(job), frames),
                                new InFlightLimit(8, Long.MAX_VALUE)),
                        new RawRecordSerializer(),
                        environment);
        harness.setup(new FrameResultSerializer());
        return harness;
    }
}
