package dev.iresnet.operator.clip;

import static java.util.Objects.requireNonNull;

import dev.iresnet.clip.CameraFrame;
import dev.iresnet.clip.CameraFrame.PartitionTime;
import dev.iresnet.clip.ClipOptions;
import dev.iresnet.event.Frame;
import dev.iresnet.event.RawRecord;
import dev.iresnet.inference.InferenceClient;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.operator.ElementTypes;
import dev.iresnet.operator.InFlightLimit;
import dev.iresnet.operator.InferenceClientProvider;
import dev.iresnet.operator.OrderedOperator;
import dev.iresnet.result.FrameCrop;
import dev.iresnet.result.FrameFailure;
import dev.iresnet.result.FrameListener;
import dev.iresnet.result.FrameOutcome;
import dev.iresnet.result.FrameResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Makes crops of frames, in their order. Failures go to {@link #DEAD_LETTERS} and results of shed
 * frames to {@link #STALE}; of both the main output says that a frame is missing, if its camera is
 * known.
 *
 * <p>Its state is the record time of each partition, which every subtask gets at a restore: any may
 * have the partition then.
 */
final class CroppingOperator extends OrderedOperator<RawRecord, CameraFrame> {
    /** Results of frames that were shed. */
    static final OutputTag<FrameResult> STALE = new OutputTag<>("stale", ElementTypes.FRAME_RESULT);

    /** Of the time after which cameras are forgotten, between two ticks. */
    private static final int TICKS = 4;

    /** Milliseconds between two ticks at least: each goes to all subtasks. */
    private static final long OFTEN = 1000;

    private final ClipOptions options;
    private final Duration onDevice;
    private final PartitionClocks clocks = new PartitionClocks();
    private List<String> subtasks = List.of();
    private CameraFrame.@Nullable Made made;
    private int step;
    private int cropBytes;
    private @Nullable ListState<PartitionTime> state;

    CroppingOperator(
            StreamOperatorParameters<CameraFrame> parameters,
            InferenceClientProvider clients,
            InFlightLimit limit,
            ClipOptions options) {
        super(parameters, clients, limit);
        this.options = options;
        this.onDevice = limit.decoding().dividedBy(2);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        ListState<PartitionTime> times =
                context.getOperatorStateStore()
                        .getUnionListState(
                                new ListStateDescriptor<>(
                                        "partition-times", new ClipTypes.PartitionTimes()));
        clocks.restore(times.get());
        state = times;
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        TaskInfo task = getRuntimeContext().getTaskInfo();
        requireNonNull(state)
                .update(
                        clocks.times(
                                task.getIndexOfThisSubtask(), task.getNumberOfParallelSubtasks()));
    }

    @Override
    public void open() throws Exception {
        super.open();
        ModelDescription model = engine().model();
        made = CameraFrame.Made.by(model);
        cropBytes = model.preprocessing().cropBytes();
        step = options.rules(model.clip().orElseThrow()).step();
        subtasks = keysOfAllSubtasks(getRuntimeContext().getTaskInfo());
    }

    /** A key for each subtask behind this one, of which there are as many as of this one. */
    static List<String> keysOfAllSubtasks(TaskInfo task) {
        List<String> keys = new ArrayList<>();
        int tried = 0;
        while (keys.size() < task.getNumberOfParallelSubtasks()) {
            String key = "tick-" + tried++;
            int subtask =
                    KeyGroupRangeAssignment.assignKeyToParallelOperator(
                            key,
                            task.getMaxNumberOfParallelSubtasks(),
                            task.getNumberOfParallelSubtasks());
            if (subtask == keys.size()) {
                keys.add(key);
            }
        }
        return keys;
    }

    /** With its crop, which waits for its turn on the heap. */
    @Override
    protected long bytes(RawRecord record) {
        return record.memory() + cropBytes;
    }

    @Override
    protected CompletableFuture<FrameOutcome> submit(
            InferenceClient engine, RawRecord record, FrameListener listener) {
        return engine.submit(record, listener);
    }

    /**
     * Their clips are made before the barrier that comes behind them, and wait for the device, too.
     * While nothing is known of it, crops come in all the same: the first clip needs many of them.
     */
    @Override
    protected long mostInFlight(InferenceClient engine) {
        long clips = engine.clipsIn(onDevice);
        return clips == 0 ? Long.MAX_VALUE : clips * step;
    }

    @Override
    protected void emit(FrameOutcome outcome, FrameListener listener, long timestamp) {
        PartitionTime at = clocks.read(outcome.source(), timestamp);
        if (outcome instanceof FrameCrop crop) {
            collect(new CameraFrame.Cropped(crop, requireNonNull(made), at), timestamp);
        } else if (outcome instanceof FrameFailure) {
            missing(listener.frame(), at, timestamp);
        } else if (outcome instanceof FrameResult stale) {
            collect(STALE, stale, timestamp);
            missing(stale.frame(), at, timestamp);
        }
        Duration idle = options.idle();
        if (!idle.isZero() && clocks.ticks(at, Math.max(OFTEN, idle.toMillis() / TICKS))) {
            subtasks.forEach(key -> collect(new CameraFrame.Tick(key, at), timestamp));
        }
    }

    private void missing(Frame.@Nullable Identity frame, PartitionTime at, long timestamp) {
        if (frame != null) {
            collect(new CameraFrame.Missing(frame, at), timestamp);
        }
    }
}
