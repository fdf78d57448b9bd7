package dev.iresnet.operator;

import dev.iresnet.event.FailureCode;
import dev.iresnet.event.RawRecord;
import dev.iresnet.result.FrameFailure;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A version, code, message, and the record. Used only where a chain is broken. */
final class FrameFailureSerializer extends ImmutableSerializer<FrameFailure> {
    static final int VERSION = 1;

    private final RawRecordSerializer records = new RawRecordSerializer();

    @Override
    public FrameFailure createInstance() {
        return new FrameFailure(
                new RawRecord("", 0, 0, 0, null, null, List.of()), FailureCode.INTERNAL_ERROR, "");
    }

    @Override
    public void serialize(FrameFailure failure, DataOutputView target) throws IOException {
        target.writeByte(VERSION);
        writeText(failure.code().name(), target);
        writeText(failure.message(), target);
        records.serialize(failure.record(), target);
    }

    @Override
    public FrameFailure deserialize(DataInputView source) throws IOException {
        readVersion(VERSION, source);
        FailureCode code = FailureCode.valueOf(readText(source));
        String message = readText(source);
        return new FrameFailure(records.deserialize(source), code, message);
    }

    @Override
    public TypeSerializerSnapshot<FrameFailure> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Of any version: each element names its own. Public, as Flink instantiates it by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<FrameFailure> {
        public Snapshot() {
            super(FrameFailureSerializer::new);
        }
    }
}
