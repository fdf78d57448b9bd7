package dev.iresnet.operator;

import dev.iresnet.event.Frame;
import dev.iresnet.event.RawRecord;
import dev.iresnet.model.Detections.Box;
import dev.iresnet.result.FrameResult;
import dev.iresnet.result.Timings;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A version, then the fields in their order. Version 1, which is that of release 0.1.0, has nothing
 * of a detector or a clip; what a detector has made is version 2, and a clip's result version 3.
 * Used only where a chain is broken.
 */
final class FrameResultSerializer extends ImmutableSerializer<FrameResult> {
    private static final int WITHOUT_OBJECTS = 1;
    private static final int WITH_OBJECTS = 2;
    private static final int VERSION = 3;

    @Override
    public FrameResult createInstance() {
        return new FrameResult(
                new Frame.Identity("", "", -1, Instant.EPOCH),
                new RawRecord.Position("", 0, 0),
                List.of(),
                new FrameResult.ModelVersion("", 0, ""),
                Instant.EPOCH,
                FrameResult.Status.STALE,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                new Timings(0, 0, 0, 0, 0, 0));
    }

    @Override
    public void serialize(FrameResult result, DataOutputView target) throws IOException {
        target.writeByte(version(result));
        Frame.Identity frame = result.frame();
        writeText(frame.eventId(), target);
        writeText(frame.cameraId(), target);
        target.writeLong(frame.frameNumber());
        writeInstant(frame.capturedAt(), target);
        writeText(result.source().topic(), target);
        target.writeInt(result.source().partition());
        target.writeLong(result.source().offset());
        writeHeaders(result.headers(), target);
        writeText(result.model().name(), target);
        target.writeLong(result.model().version());
        writeText(result.model().digest(), target);
        writeInstant(result.inferredAt(), target);
        writeText(result.status().name(), target);
        target.writeInt(result.labels().size());
        for (FrameResult.Label label : result.labels()) {
            writeLabel(label, target);
        }
        if (result.detected().isPresent()) {
            writeDetected(result.detected().get(), target);
        }
        if (result.clip().isPresent()) {
            writeClip(result.clip().get(), target);
        }
        Timings timings = result.timings();
        target.writeLong(timings.queue());
        target.writeLong(timings.fetch());
        target.writeLong(timings.decode());
        target.writeLong(timings.batchWait());
        target.writeLong(timings.inference());
        target.writeInt(timings.batchSize());
    }

    @Override
    public FrameResult deserialize(DataInputView source) throws IOException {
        int version = readVersion(VERSION, source);
        return new FrameResult(
                new Frame.Identity(
                        readText(source), readText(source), source.readLong(), readInstant(source)),
                new RawRecord.Position(readText(source), source.readInt(), source.readLong()),
                readHeaders(source),
                new FrameResult.ModelVersion(readText(source), source.readLong(), readText(source)),
                readInstant(source),
                FrameResult.Status.valueOf(readText(source)),
                labels(source),
                version == WITH_OBJECTS ? Optional.of(detected(source)) : Optional.empty(),
                version == VERSION ? Optional.of(clip(source)) : Optional.empty(),
                new Timings(
                        source.readLong(),
                        source.readLong(),
                        source.readLong(),
                        source.readLong(),
                        source.readLong(),
                        source.readInt()));
    }

    /** No result has both objects and a clip. */
    private static int version(FrameResult result) {
        if (result.clip().isPresent()) {
            return VERSION;
        }
        return result.detected().isPresent() ? WITH_OBJECTS : WITHOUT_OBJECTS;
    }

    private static List<FrameResult.Label> labels(DataInputView source) throws IOException {
        int count = source.readInt();
        List<FrameResult.Label> labels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            labels.add(label(source));
        }
        return labels;
    }

    private static void writeLabel(FrameResult.Label label, DataOutputView target)
            throws IOException {
        target.writeInt(label.index());
        writeText(label.name(), target);
        target.writeFloat(label.score());
    }

    private static FrameResult.Label label(DataInputView source) throws IOException {
        return new FrameResult.Label(source.readInt(), readText(source), source.readFloat());
    }

    private static void writeDetected(FrameResult.DetectedObjects detected, DataOutputView target)
            throws IOException {
        target.writeInt(detected.width());
        target.writeInt(detected.height());
        target.writeInt(detected.objects().size());
        for (FrameResult.DetectedObject object : detected.objects()) {
            writeLabel(object.label(), target);
            target.writeFloat(object.box().xMin());
            target.writeFloat(object.box().yMin());
            target.writeFloat(object.box().xMax());
            target.writeFloat(object.box().yMax());
        }
    }

    private static FrameResult.DetectedObjects detected(DataInputView source) throws IOException {
        int width = source.readInt();
        int height = source.readInt();
        int count = source.readInt();
        List<FrameResult.DetectedObject> objects = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            objects.add(
                    new FrameResult.DetectedObject(
                            label(source),
                            new Box(
                                    source.readFloat(),
                                    source.readFloat(),
                                    source.readFloat(),
                                    source.readFloat())));
        }
        return new FrameResult.DetectedObjects(width, height, objects);
    }

    private static void writeClip(FrameResult.ClipSpan clip, DataOutputView target)
            throws IOException {
        target.writeLong(clip.firstNumber());
        target.writeLong(clip.lastNumber());
        writeInstant(clip.firstCapturedAt(), target);
        writeInstant(clip.lastCapturedAt(), target);
    }

    private static FrameResult.ClipSpan clip(DataInputView source) throws IOException {
        return new FrameResult.ClipSpan(
                source.readLong(), source.readLong(), readInstant(source), readInstant(source));
    }

    @Override
    public TypeSerializerSnapshot<FrameResult> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Each element begins with its version. Public, because Flink instantiates it by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<FrameResult> {
        public Snapshot() {
            super(FrameResultSerializer::new);
        }
    }
}
