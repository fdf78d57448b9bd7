package dev.iresnet.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.event.RawRecord;
import dev.iresnet.event.RecordHeader;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class ElementTypesTest {

    @Property(tries = 200)
    void rawRecordsSurviveTheirSerializer(
            @ForAll byte[] key, @ForAll byte[] value, @ForAll @Size(max = 5) List<String> names)
            throws Exception {
        RawRecord record = new RawRecord("topic", 3, 17, -1, key, value, headers(names));
        assertThat(throughBytes(ElementTypes.RAW_RECORD, record))
                .usingRecursiveComparison()
                .isEqualTo(record);
    }

    @Property(tries = 200)
    void outboundRecordsSurviveTheirSerializer(
            @ForAll byte[] key, @ForAll byte[] value, @ForAll @Size(max = 5) List<String> names)
            throws Exception {
        OutboundRecord record = new OutboundRecord(key, value, headers(names));
        assertThat(throughBytes(ElementTypes.OUTBOUND_RECORD, record))
                .usingRecursiveComparison()
                .isEqualTo(record);
    }

    @Test
    void nullsStayNulls() throws Exception {
        RawRecord record =
                new RawRecord("t", 0, 0, 0, null, null, List.of(new RecordHeader("h", null)));
        assertThat(throughBytes(ElementTypes.RAW_RECORD, record))
                .usingRecursiveComparison()
                .isEqualTo(record);
    }

    @Test
    void headerKeysMayBeLong() throws Exception {
        OutboundRecord record =
                new OutboundRecord(null, null, List.of(new RecordHeader("k".repeat(70_000), null)));
        assertThat(throughBytes(ElementTypes.OUTBOUND_RECORD, record).headers().get(0).key())
                .hasSize(70_000);
    }

    @Test
    void aCopyIsTheSameInstance() {
        RawRecord record = Frames.frame(1);
        TypeSerializer<RawRecord> serializer = serializer(ElementTypes.RAW_RECORD);
        assertThat(serializer.copy(record)).isSameAs(record);
    }

    @Test
    void aSnapshotRestoresTheSerializer() {
        TypeSerializer<RawRecord> serializer = serializer(ElementTypes.RAW_RECORD);
        TypeSerializerSnapshot<RawRecord> snapshot = serializer.snapshotConfiguration();
        assertThat(snapshot.restoreSerializer()).isEqualTo(serializer);
        assertThat(
                        serializer
                                .snapshotConfiguration()
                                .resolveSchemaCompatibility(snapshot)
                                .isCompatibleAsIs())
                .isTrue();
    }

    private static List<RecordHeader> headers(List<String> names) {
        return names.stream().map(name -> new RecordHeader(name, new byte[] {1, 2})).toList();
    }

    private static <T> T throughBytes(TypeInformation<T> type, T value) throws IOException {
        TypeSerializer<T> serializer = serializer(type);
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(value, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        DataOutputSerializer copied = new DataOutputSerializer(64);
        serializer.copy(in, copied);
        return serializer.deserialize(new DataInputDeserializer(copied.getCopyOfBuffer()));
    }

    private static <T> TypeSerializer<T> serializer(TypeInformation<T> type) {
        return type.createSerializer(new SerializerConfigImpl());
    }
}
