package dev.iresnet.operator.clip;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.clip.CameraFrame;
import dev.iresnet.clip.Clip;
import dev.iresnet.clip.ClipOptions;
import dev.iresnet.event.RawRecord;
import dev.iresnet.inference.InferenceClient;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.operator.FramesInFlight;
import dev.iresnet.operator.InFlightLimit;
import dev.iresnet.result.FrameListener;
import dev.iresnet.result.FrameOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;

/** All subtasks of a {@link ClipOperator} in Flink's harness. */
@SuppressWarnings("try") // the harness may be interrupted while it closes
final class ClipSubtasks implements AutoCloseable {
    static final int KEY_GROUPS = 128;
    static final int LENGTH = 4;

    private final List<KeyedOneInputStreamOperatorTestHarness<String, CameraFrame, Clip>> subtasks =
            new ArrayList<>();

    private ClipSubtasks() {}

    static ClipSubtasks start(int parallelism, ClipOptions options) throws Exception {
        return start(parallelism, options, null, 0);
    }

    /** Starts them with what others have left. */
    static ClipSubtasks start(
            int parallelism, ClipOptions options, @Nullable OperatorSubtaskState state, int before)
            throws Exception {
        return start(parallelism, operators(new ClipModelClient(), options), state, before);
    }

    static ClipSubtasks start(
            int parallelism,
            ClipOperators operators,
            @Nullable OperatorSubtaskState state,
            int before)
            throws Exception {
        ClipSubtasks all = new ClipSubtasks();
        for (int i = 0; i < parallelism; i++) {
            var harness = harness(operators.assembling(), parallelism, i);
            all.subtasks.add(harness);
            harness.setup(new ClipTypes.Clips());
            if (state != null) {
                harness.initializeState(
                        AbstractStreamOperatorTestHarness.repartitionOperatorState(
                                state, KEY_GROUPS, before, parallelism, i));
            }
            harness.open();
        }
        return all;
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, CameraFrame, Clip> harness(
            OneInputStreamOperatorFactory<CameraFrame, Clip> factory, int parallelism, int index)
            throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                factory, CameraFrame::key, Types.STRING, KEY_GROUPS, parallelism, index);
    }

    static ClipOperators operators(InferenceClient client, ClipOptions options) {
        return new ClipOperators(
                context -> client,
                new InFlightLimit(8, 1 << 20, Duration.ofMinutes(1)),
                new FramesInFlight(1 << 20, 1 << 20, 0, true),
                options);
    }

    void send(CameraFrame frame) throws Exception {
        int subtask =
                KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        frame.key(), KEY_GROUPS, subtasks.size());
        subtasks.get(subtask).processElement(new StreamRecord<>(frame, frame.at().millis()));
    }

    /** What has come out since this was last asked. */
    List<Clip> clips() {
        List<Clip> clips = new ArrayList<>();
        for (var subtask : subtasks) {
            clips.addAll(subtask.extractOutputValues());
            subtask.getOutput().clear();
        }
        return clips;
    }

    OperatorSubtaskState snapshot(long id) throws Exception {
        OperatorSubtaskState[] states = new OperatorSubtaskState[subtasks.size()];
        for (int i = 0; i < states.length; i++) {
            subtasks.get(i).prepareSnapshotPreBarrier(id);
            states[i] = subtasks.get(i).snapshot(id, id);
        }
        return AbstractStreamOperatorTestHarness.repackageState(states);
    }

    /** Of frames and cameras together. */
    int stateEntries() {
        return subtasks.stream().mapToInt(each -> each.numKeyedStateEntries()).sum();
    }

    /** A counter or a number that a gauge shows, of all subtasks together. */
    long metric(String name) {
        long sum = 0;
        for (var subtask : subtasks) {
            Metric metric = requireNonNull(metrics(subtask.getOperator()).get(name), name);
            sum +=
                    metric instanceof Counter counter
                            ? counter.getCount()
                            : ((Number) ((Gauge<?>) metric).getValue()).longValue();
        }
        return sum;
    }

    /** A group that is asked for again is the same one; only a reporter would be told of it all. */
    private static Map<String, Metric> metrics(AbstractStreamOperator<?> operator) {
        return assertThat(operator.getMetricGroup().addGroup("iresnet"))
                .extracting(
                        "metrics", as(InstanceOfAssertFactories.map(String.class, Metric.class)))
                .actual();
    }

    @Override
    public void close() throws Exception {
        for (var subtask : subtasks) {
            subtask.close();
        }
    }

    /** Knows its model, and serves nothing. */
    static class ClipModelClient implements InferenceClient {
        @Override
        public CompletableFuture<FrameOutcome> submit(RawRecord record, FrameListener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<FrameOutcome> submit(Clip clip, FrameListener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ModelDescription model() {
            return CameraFrames.MODEL;
        }

        @Override
        public long mostWork() {
            return 0;
        }

        @Override
        public long decodingIn(Duration time) {
            return Long.MAX_VALUE;
        }

        @Override
        public long clipsIn(Duration time) {
            return 0;
        }

        @Override
        public void close() {}
    }
}
