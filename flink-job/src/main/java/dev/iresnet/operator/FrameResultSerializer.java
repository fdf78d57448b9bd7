package dev.iresnet.operator;

import dev.iresnet.event.Frame;
import dev.iresnet.event.RawRecord;
import dev.iresnet.result.FrameResult;
import dev.iresnet.result.Timings;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A version, then the fields in their order. Used only where a chain is broken. */
final class FrameResultSerializer extends ImmutableSerializer<FrameResult> {
    static final int VERSION = 1;

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
                new Timings(0, 0, 0, 0, 0, 0));
    }

    @Override
    public void serialize(FrameResult result, DataOutputView target) throws IOException {
        target.writeByte(VERSION);
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
            target.writeInt(label.index());
            writeText(label.name(), target);
            target.writeFloat(label.score());
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
        readVersion(VERSION, source);
        return new FrameResult(
                new Frame.Identity(
                        readText(source), readText(source), source.readLong(), readInstant(source)),
                new RawRecord.Position(readText(source), source.readInt(), source.readLong()),
                readHeaders(source),
                new FrameResult.ModelVersion(readText(source), source.readLong(), readText(source)),
                readInstant(source),
                FrameResult.Status.valueOf(readText(source)),
                labels(source),
                new Timings(
                        source.readLong(),
                        source.readLong(),
                        source.readLong(),
                        source.readLong(),
                        source.readLong(),
                        source.readInt()));
    }

    private static List<FrameResult.Label> labels(DataInputView source) throws IOException {
        int count = source.readInt();
        List<FrameResult.Label> labels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            labels.add(
                    new FrameResult.Label(source.readInt(), readText(source), source.readFloat()));
        }
        return labels;
    }

    @Override
    public TypeSerializerSnapshot<FrameResult> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Of any version: each element names its own. Public, as Flink instantiates it by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<FrameResult> {
        public Snapshot() {
            super(FrameResultSerializer::new);
        }
    }
}
