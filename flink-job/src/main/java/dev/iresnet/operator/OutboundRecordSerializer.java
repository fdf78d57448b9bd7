package dev.iresnet.operator;

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Key, value, headers. Used only where a chain is broken. */
final class OutboundRecordSerializer extends ImmutableSerializer<OutboundRecord> {

    @Override
    public OutboundRecord createInstance() {
        return new OutboundRecord(null, null, List.of());
    }

    @Override
    public void serialize(OutboundRecord record, DataOutputView target) throws IOException {
        writeBytes(record.key(), target);
        writeBytes(record.value(), target);
        writeHeaders(record.headers(), target);
    }

    @Override
    public OutboundRecord deserialize(DataInputView source) throws IOException {
        return new OutboundRecord(readBytes(source), readBytes(source), readHeaders(source));
    }

    @Override
    public TypeSerializerSnapshot<OutboundRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1: as {@link #serialize} writes. Public, since Flink instantiates it by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<OutboundRecord> {
        public Snapshot() {
            super(OutboundRecordSerializer::new);
        }
    }
}
