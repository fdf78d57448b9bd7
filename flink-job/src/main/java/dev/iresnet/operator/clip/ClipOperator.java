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
        InferenceClient open = clients.open(getRuntimeContext());
        client = open;
        ModelDescription model = open.model();
        ClipRules rules = options.rules(model.clip().orElseThrow());
        String crops = CameraFrame.Made.by(model).digest();
        int cropBytes = model.preprocessing().cropBytes();
        memory.check(
                rules.length(),
                cropBytes,
                options.cameras(),
                getRuntimeContext(),
                getKeyedStateBackend().getBackendTypeIdentifier());
        Assembling made =
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
        assembling = made;
        restore(made);
    }

    @Override
    public void processElement(StreamRecord<CameraFrame> element) throws Exception {
        Assembling open = requireNonNull(assembling);
        CameraFrame frame = element.getValue();
        forgetSilent(open, frame.at());
        setCurrentKey(frame.key());
        Camera before = open.cameras().value();
        if (frame instanceof CameraFrame.Missing missing) {
            missing(open, frame, before, missing.frame());
        } else if (frame instanceof CameraFrame.Cropped cropped) {
            FrameCrop crop = cropped.crop();
            if (!cropped.made().digest().equals(open.crops())) {
                unfit(open, cropped.made());
                missing(open, frame, before, crop.frame());
                return;
            }
            Step step =
                    open.assembler()
                            .next(
                                    before == null ? CameraClips.NONE : before.clips(),
                                    Seen.of(crop.frame()));
            keep(open, frame, before, step);
            open.metrics().frame(step);
            if (step.slot() != ClipAssembler.NO_SLOT) {
                place(open, crop, step, element);
            }
        }
    }

    private void missing(
            Assembling open, CameraFrame element, @Nullable Camera before, Frame.Identity frame)
            throws Exception {
        if (before != null) {
            Step step = open.assembler().missing(before.clips(), Seen.of(frame));
            keep(open, element, before, step);
            open.metrics().missing(step);
        }
    }

    /**
     * The model here could not take it, and to fail would mend nothing: engines are kept over
     * restarts.
     */
    private void unfit(Assembling open, CameraFrame.Made made) {
        open.metrics().unfit();
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

    private void keep(Assembling open, CameraFrame frame, @Nullable Camera before, Step step)
            throws Exception {
        if (step.anew()) {
            open.frames().clear();
        }
        open.cameras().update(new Camera(open.digest(), frame.at(), step.after()));
        idle.seen(frame.key(), before == null ? null : before.seen(), frame.at());
    }

    private void place(
            Assembling open, FrameCrop crop, Step step, StreamRecord<CameraFrame> element)
            throws Exception {
        open.frames()
                .put(
                        step.slot(),
                        new ClipFrame(
                                crop.frame().frameNumber(),
                                crop.frame().capturedAt(),
                                crop.pixels()));
        if (!step.complete()) {
            return;
        }
        int length = open.rules().length();
        List<ClipFrame> clip = new ArrayList<>(length);
        for (int i = 1; i <= length; i++) {
            clip.add(open.frames().get((step.slot() + i) % length));
        }
        if (step.after().held() == 0) {
            open.frames().clear();
        }
        Clip complete = new Clip(crop.frame(), crop.record(), clip);
        output.collect(
                element.hasTimestamp()
                        ? new StreamRecord<>(complete, element.getTimestamp())
                        : new StreamRecord<>(complete));
    }

    private void forgetSilent(Assembling open, PartitionTime now) throws Exception {
        if (options.idle().isZero()) {
            return;
        }
        String camera = idle.silent(now, options.idle().toMillis());
        while (camera != null) {
            setCurrentKey(camera);
            Camera known = requireNonNull(open.cameras().value());
            open.metrics().forgotten(known.clips().fresh());
            forget(open, camera, known);
            camera = idle.silent(now, options.idle().toMillis());
        }
    }

    private void forget(Assembling open, String camera, Camera known) {
        open.cameras().clear();
        open.frames().clear();
        idle.forget(camera, known.seen());
    }

    /** Fills the index, and forgets what was made by other rules. */
    private void restore(Assembling open) throws Exception {
        List<String> names;
        try (Stream<String> keys =
                this.<String>getKeyedStateBackend().getKeys(CAMERAS, VoidNamespace.INSTANCE)) {
            names = keys.toList();
        }
        record Restored(String name, PartitionTime seen) {}
        List<Restored> restored = new ArrayList<>();
        int others = 0;
        for (String name : names) {
            setCurrentKey(name);
            Camera camera = requireNonNull(open.cameras().value());
            if (camera.digest().equals(open.digest())) {
                restored.add(new Restored(name, camera.seen()));
            } else {
                others++;
                open.metrics().restarted(camera.clips().fresh());
                forget(open, name, camera);
            }
        }
        restored.sort(Comparator.comparingLong(each -> each.seen().millis()));
        restored.forEach(each -> idle.seen(each.name(), null, each.seen()));
        if (others > 0) {
            LOG.warn(
                    "The clips of {} cameras begin anew: they were begun with another"
                            + " preprocessing, or with other clips than {}",
                    others,
                    open.rules());
        }
    }
}
