package dev.iresnet.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.event.FailureCode;
import dev.iresnet.event.Frame;
import dev.iresnet.event.RawRecord;
import dev.iresnet.event.RecordHeader;
import dev.iresnet.result.FrameFailure;
import dev.iresnet.result.FrameResult;
import dev.iresnet.result.Timings;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
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
    /** {@link Frames#labeled} of frame 1, by release 0.1.0. */
    private static final String LABELED =
            "01000000076576656e742d310000000863616d6572612d31000000000000000100000000"
                    + "00000001000f42400000000c696d6167652d6576656e7473000000000000000000000001"
                    + "000000010000000b7472616365706172656e740000000430302d310000000466616b6500"
                    + "000000000000010000004030303030303030303030303030303030303030303030303030"
                    + "303030303030303030303030303030303030303030303030303030303030303030303030"
                    + "3030300000000000000001005b8d80000000084c4142454c4c4544000000010000000300"
                    + "0000036361743f40000000000000000003e8000000000000000000000000000007d00000"
                    + "000000000bb80000000000000fa000000008";

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
    void resultsSurviveTheirSerializer(
            @ForAll String id,
            @ForAll long number,
            @ForAll FrameResult.Status status,
            @ForAll @Size(max = 5) List<String> names)
            throws Exception {
        List<FrameResult.Label> labels = new ArrayList<>();
        names.forEach(name -> labels.add(new FrameResult.Label(labels.size(), name, 0.1f)));
        FrameResult result =
                new FrameResult(
                        new Frame.Identity(
                                id, id, number, Instant.parse("9999-12-31T23:59:59.999999Z")),
                        new RawRecord.Position("topic", 3, number),
                        headers(names),
                        new FrameResult.ModelVersion(id, number, id),
                        Instant.EPOCH,
                        status,
                        labels,
                        Optional.empty(),
                        Optional.empty(),
                        new Timings(number, 1, 2, 3, 4, 5));
        assertThat(throughBytes(ElementTypes.FRAME_RESULT, result))
                .usingRecursiveComparison()
                .isEqualTo(result);
    }

    @Test
    void whatADetectorHasFoundSurvivesItsSerializer() throws Exception {
        FrameResult found = Frames.detected(Frames.frame(1));
        assertThat(throughBytes(ElementTypes.FRAME_RESULT, found))
                .usingRecursiveComparison()
                .isEqualTo(found);
        FrameResult nothing =
                Frames.detected(Frames.frame(1), new FrameResult.DetectedObjects(9, 7, List.of()));
        assertThat(throughBytes(ElementTypes.FRAME_RESULT, nothing))
                .usingRecursiveComparison()
                .isEqualTo(nothing);
    }

    @Test
    void aClipsResultSurvivesItsSerializer() throws Exception {
        FrameResult clip = Frames.ofClip(Frames.frame(7));
        assertThat(clip.clip()).isPresent();
        assertThat(throughBytes(ElementTypes.FRAME_RESULT, clip))
                .usingRecursiveComparison()
                .isEqualTo(clip);
    }

    /** As release 0.1.0 wrote it, and reads it. */
    @Test
    void aResultOfAClassifierKeepsItsForm() throws Exception {
        FrameResult result = Frames.labeled(Frames.frame(1));
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer(ElementTypes.FRAME_RESULT).serialize(result, out);
        byte[] before = HexFormat.of().parseHex(LABELED);
        assertThat(out.getCopyOfBuffer()).isEqualTo(before);
        assertThat(
                        serializer(ElementTypes.FRAME_RESULT)
                                .deserialize(new DataInputDeserializer(before)))
                .usingRecursiveComparison()
                .isEqualTo(result);
    }

    @Property(tries = 200)
    void failuresSurviveTheirSerializer(
            @ForAll byte[] value, @ForAll FailureCode code, @ForAll String message)
            throws Exception {
        RawRecord record = new RawRecord("topic", 3, 17, -1, null, value, headers(List.of("a")));
        FrameFailure failure = new FrameFailure(record, code, message);
        assertThat(throughBytes(ElementTypes.FRAME_FAILURE, failure))
                .usingRecursiveComparison()
                .isEqualTo(failure);
    }

    @Test
    void anElementOfAnUnknownVersionIsRefused() throws Exception {
        assertRefusedWithAnotherVersion(
                ElementTypes.FRAME_RESULT, Frames.ofClip(Frames.frame(1)), 3);
        assertRefusedWithAnotherVersion(
                ElementTypes.FRAME_FAILURE, Frames.failed(Frames.frame(1)), 1);
    }

    private static <T> void assertRefusedWithAnotherVersion(
            TypeInformation<T> type, T value, int version) throws IOException {
        TypeSerializer<T> serializer = serializer(type);
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(value, out);
        byte[] bytes = out.getCopyOfBuffer();
        assertThat(bytes[0]).isEqualTo((byte) version);
        bytes[0]++;
        assertThatThrownBy(() -> serializer.deserialize(new DataInputDeserializer(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "an element of version %d, and this release reads versions 1 to %d only"
                                .formatted(version + 1, version));
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
        RawRecord record =
                new RawRecord(
                        "t",
                        0,
                        0,
                        0,
                        null,
                        null,
                        List.of(new RecordHeader("k".repeat(70_000), null)));
        assertThat(throughBytes(ElementTypes.RAW_RECORD, record).headers().get(0).key())
                .hasSize(70_000);
    }

    @Test
    void aCopyIsTheSameInstance() {
        assertCopyIsSame(ElementTypes.RAW_RECORD, Frames.frame(1));
        assertCopyIsSame(ElementTypes.FRAME_RESULT, Frames.labeled(Frames.frame(1)));
        assertCopyIsSame(ElementTypes.FRAME_FAILURE, Frames.failed(Frames.frame(1)));
    }

    private static <T> void assertCopyIsSame(TypeInformation<T> type, T value) {
        assertThat(serializer(type).copy(value)).isSameAs(value);
    }

    @Test
    void aSnapshotRestoresTheSerializer() {
        assertRestored(serializer(ElementTypes.RAW_RECORD));
        assertRestored(serializer(ElementTypes.FRAME_RESULT));
        assertRestored(serializer(ElementTypes.FRAME_FAILURE));
    }

    private static <T> void assertRestored(TypeSerializer<T> serializer) {
        TypeSerializerSnapshot<T> snapshot = serializer.snapshotConfiguration();
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
