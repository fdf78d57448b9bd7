package dev.iresnet.operator.clip;

import static java.util.Objects.requireNonNull;

import dev.iresnet.clip.CameraClips;
import dev.iresnet.clip.CameraClips.Seen;
import dev.iresnet.clip.CameraFrame;
import dev.iresnet.clip.CameraFrame.PartitionTime;
import dev.iresnet.clip.Clip;
import dev.iresnet.clip.ClipAssembler;
import dev.iresnet.clip.ClipAssembler.Step;
import dev.iresnet.clip.ClipFrame;
import dev.iresnet.clip.ClipOptions;
import dev.iresnet.clip.ClipRules;
import dev.iresnet.event.Frame;
import dev.iresnet.inference.InferenceClient;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.operator.InferenceClientProvider;
import dev.iresnet.operator.clip.ClipTypes.Camera;
import dev.iresnet.result.FrameCrop;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes clips of each camera's frames, as a {@link ClipAssembler} decides. The state of a camera is
 * a small record and its last frames' pixels, each an entry of its own, so that a frame writes its
 * own pixels only.
 *
 * <p>A camera that is silent for longer than {@link ClipOptions#idle}, in the record time of its
 * partition, is forgotten. That its next frame then begins a clip does not depend on when memory is
 * freed: the time of a partition only goes on, and each of its frames brings the time at which it
 * was read.
 */
final class ClipOperator extends AbstractStreamOperator<Clip>
        implements OneInputStreamOperator<CameraFrame, Clip> {
    private static final String CAMERAS = "cameras";

    private final InferenceClientProvider clients;
    private final ClipOptions options;
    private final ClipMemory memory;
    private final IdleCameras idle = new IdleCameras();

    private @Nullable InferenceClient client;
    private @Nullable Assembling assembling;

    /** Ways of making crops that do not do here, and that the log has told of. */
    private final Set<CameraFrame.Made> unfit = new HashSet<>();

    /** What is there once the operator is open. */
    private record Assembling(
            ClipRules rules,
            String crops,
            String digest,
            ClipAssembler assembler,
            ClipMetrics metrics,
            ValueState<Camera> cameras,
            MapState<Integer, ClipFrame> frames) {}

    ClipOperator(
            StreamOperatorParameters<Clip> parameters,
            InferenceClientProvider clients,
            ClipOptions options,
            ClipMemory memory) {
        super(parameters);
        this.clients = clients;
        this.options = options;
        this.memory = memory;
    }

    @Override
    public void open() throws Exception {
        super.open();
        InferenceClient engine = clients.open(getRuntimeContext());
        client = engine;
        ModelDescription model = engine.model();
        ClipRules rules = options.rules(model.clip().orElseThrow());
        String crops = CameraFrame.Made.by(model).digest();
        int cropBytes = model.preprocessing().cropBytes();
        memory.check(
                rules.length(),
                cropBytes,
                options.cameras(),
                getRuntimeContext(),
                getKeyedStateBackend().getBackendTypeIdentifier());
        Assembling work =
                new Assembling(
                        rules,
                        crops,
                        rules.digest(crops),
                        new ClipAssembler(rules),
                        new ClipMetrics(
                                getMetricGroup(),
                                idle::size,
                                ClipMemory.ofCamera(rules.length(), cropBytes)),
                        getRuntimeContext()
                                .getState(
                                        new ValueStateDescriptor<>(
                                                CAMERAS, new ClipTypes.Cameras())),
                        getRuntimeContext()
                                .getMapState(
                                        new MapStateDescriptor<>(
                                                "frames",
                                                IntSerializer.INSTANCE,
                                                new ClipTypes.Frames())));
        assembling = work;
        restore(work);
    }

    @Override
    public void processElement(StreamRecord<CameraFrame> element) throws Exception {
        Assembling work = requireNonNull(assembling);
        CameraFrame frame = element.getValue();
        forgetSilent(work, frame.at());
        setCurrentKey(frame.key());
        Camera before = work.cameras().value();
        if (frame instanceof CameraFrame.Missing missing) {
            missing(work, frame, before, missing.frame());
        } else if (frame instanceof CameraFrame.Cropped cropped) {
            FrameCrop crop = cropped.crop();
            if (!cropped.made().digest().equals(work.crops())) {
                unfit(work, cropped.made());
                missing(work, frame, before, crop.frame());
                return;
            }
            Step step =
                    work.assembler()
                            .next(
                                    before == null ? CameraClips.NONE : before.clips(),
                                    Seen.of(crop.frame()));
            keep(work, frame, before, step);
            work.metrics().frame(step);
            if (step.slot() != ClipAssembler.NO_SLOT) {
                place(work, crop, step, element);
            }
        }
    }

    private void missing(
            Assembling work, CameraFrame element, @Nullable Camera before, Frame.Identity frame)
            throws Exception {
        if (before != null) {
            Step step = work.assembler().missing(before.clips(), Seen.of(frame));
            keep(work, element, before, step);
            work.metrics().missing(step);
        }
    }

    /**
     * The model here could not take it. To fail would not mend it for sure, because an engine that
     * has not seen the other version is kept over a restart.
     */
    private void unfit(Assembling work, CameraFrame.Made made) {
        work.metrics().unfit();
        if (unfit.add(made)) {
            LOG.error(
                    "Another task manager makes crops for version {} of the model, and version {},"
                            + " which serves here, needs others: their frames are missing in the"
                            + " clips that are made here. Submit the job again from a savepoint, or"
                            + " restart the task managers, so that all take the same version",
                    made.version(),
                    requireNonNull(client).model().version());
        }
    }

    @Override
    public void close() throws Exception {
        if (client != null) {
            client.close();
        }
        super.close();
    }

    private void keep(Assembling work, CameraFrame frame, @Nullable Camera before, Step step)
            throws Exception {
        if (step.anew()) {
            work.frames().clear();
        }
        work.cameras().update(new Camera(work.digest(), frame.at(), step.after()));
        idle.seen(frame.key(), before == null ? null : before.lastRead(), frame.at());
    }

    private void place(
            Assembling work, FrameCrop crop, Step step, StreamRecord<CameraFrame> element)
            throws Exception {
        work.frames()
                .put(
                        step.slot(),
                        new ClipFrame(
                                crop.frame().frameNumber(),
                                crop.frame().capturedAt(),
                                crop.pixels()));
        if (!step.complete()) {
            return;
        }
        int length = work.rules().length();
        List<ClipFrame> clip = new ArrayList<>(length);
        for (int i = 1; i <= length; i++) {
            clip.add(work.frames().get((step.slot() + i) % length));
        }
        if (step.after().held() == 0) {
            work.frames().clear();
        }
        Clip complete = new Clip(crop.frame(), crop.record(), clip);
        output.collect(
                element.hasTimestamp()
                        ? new StreamRecord<>(complete, element.getTimestamp())
                        : new StreamRecord<>(complete));
    }

    private void forgetSilent(Assembling work, PartitionTime now) throws Exception {
        if (options.idle().isZero()) {
            return;
        }
        String camera = idle.silent(now, options.idle().toMillis());
        while (camera != null) {
            setCurrentKey(camera);
            Camera known = requireNonNull(work.cameras().value());
            work.metrics().forgotten(known.clips().fresh());
            forget(work, camera, known);
            camera = idle.silent(now, options.idle().toMillis());
        }
    }

    private void forget(Assembling work, String camera, Camera known) {
        work.cameras().clear();
        work.frames().clear();
        idle.forget(camera, known.lastRead());
    }

    /** Fills the index, and forgets what was made by other rules. */
    private void restore(Assembling work) throws Exception {
        List<String> names;
        try (Stream<String> keys =
                this.<String>getKeyedStateBackend().getKeys(CAMERAS, VoidNamespace.INSTANCE)) {
            names = keys.toList();
        }
        record Restored(String name, PartitionTime lastRead) {}
        List<Restored> restored = new ArrayList<>();
        int others = 0;
        for (String name : names) {
            setCurrentKey(name);
            Camera camera = requireNonNull(work.cameras().value());
            if (camera.digest().equals(work.digest())) {
                restored.add(new Restored(name, camera.lastRead()));
            } else {
                others++;
                work.metrics().restarted(camera.clips().fresh());
                forget(work, name, camera);
            }
        }
        restored.sort(Comparator.comparingLong(each -> each.lastRead().millis()));
        restored.forEach(each -> idle.seen(each.name(), null, each.lastRead()));
        if (others > 0) {
            LOG.warn(
                    "The clips of {} cameras begin anew: they were begun with another"
                            + " preprocessing, or with other clips than {}",
                    others,
                    work.rules());
        }
    }
}
