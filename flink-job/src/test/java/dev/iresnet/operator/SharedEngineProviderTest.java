package dev.iresnet.operator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.iresnet.Condition;
import dev.iresnet.engine.FakeModel;
import dev.iresnet.event.RawRecord;
import dev.iresnet.inference.InferenceClient;
import dev.iresnet.inference.InferencePipeline;
import dev.iresnet.inference.Pictures;
import dev.iresnet.inference.Rig;
import dev.iresnet.inference.Stages;
import dev.iresnet.model.ModelException;
import dev.iresnet.result.FrameResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
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

    /** Of the task that was opened last. */
    private @Nullable InferenceClient client;

    @AfterEach
    void forget() {
        AT_LOADING.set(null);
        AT_LABELLING.set(null);
        STARTED.set(0);
    }

    private record CountedFactory(JobID job) implements EngineFactory {
        @Override
        public InferencePipeline start(AssignedGpus gpus) throws Exception {
            Exception trouble = AT_LOADING.get();
            if (trouble != null) {
                throw trouble;
            }
            STARTED.incrementAndGet();
            FakeModel model = FakeModel.open();
            RuntimeException atLabelling = AT_LABELLING.get();
            if (atLabelling != null) {
                model.failWith(atLabelling);
            }
            return InferencePipeline.start(
                    new Stages(Pictures.READER, new Pictures.ObedientCropper(), model),
                    Rig.options(1, 1, 4));
        }

        @Override
        public String device() {
            return "none";
        }
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
    void slotsShareTheDevicesSpeedEvenly() throws Exception {
        Duration time = Duration.ofDays(1);
        long whole;
        try (var harness = harness(SMALL, 1)) {
            harness.open();
            InferenceClient alone = requireNonNull(client);
            assertThat(alone.clipsIn(time)).as("nothing is known").isZero();
            harness.processElement(Pictures.record(1), 0);
            Condition.await("a result", () -> harness.getTaskMailbox().hasMail());
            OperatorHarness.runMails(harness);
            whole = alone.clipsIn(time);
            assertThat(alone.clipsIn(Duration.ZERO)).as("one is let in").isEqualTo(1);
        }
        try (var harness = harness(SMALL, 4)) {
            harness.open();
            InferenceClient slot = requireNonNull(client);
            assertThat(slot.clipsIn(time)).isEqualTo(whole / 4).isPositive();
            assertThat(slot.clipsIn(Duration.ZERO)).isEqualTo(1);
        }
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
            harness.processElement(Pictures.record(1), 0);
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
                        harness.processElement(Pictures.record(1), 0);
                        Condition.await("an answer", () -> harness.getTaskMailbox().hasMail());
                        OperatorHarness.runMails(harness);
                    });
        }
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
        SharedEngineProvider provider = new SharedEngineProvider(new CountedFactory(job), frames);
        var harness =
                new OneInputStreamOperatorTestHarness<RawRecord, FrameResult>(
                        new InferenceOperatorFactory(
                                context -> client = provider.open(context),
                                new InFlightLimit(8, Long.MAX_VALUE)),
                        new RawRecordSerializer(),
                        environment);
        harness.setup(new FrameResultSerializer());
        return harness;
    }
}
