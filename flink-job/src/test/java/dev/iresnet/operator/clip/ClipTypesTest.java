package dev.iresnet.operator.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.clip.CameraClips;
import dev.iresnet.clip.CameraClips.Seen;
import dev.iresnet.clip.CameraFrame;
import dev.iresnet.clip.CameraFrame.PartitionTime;
import dev.iresnet.clip.Clip;
import dev.iresnet.clip.ClipFrame;
import dev.iresnet.event.Frame;
import dev.iresnet.event.RawRecord;
import dev.iresnet.event.RecordHeader;
import dev.iresnet.operator.clip.ClipTypes.Camera;
import dev.iresnet.result.FrameCrop;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class ClipTypesTest {
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    @Property(tries = 200)
    void elementsSurviveTheirSerializers(
            @ForAll String name, @ForAll long number, @ForAll byte[] bytes) throws Exception {
        Frame.Identity frame = new Frame.Identity(name, name, number, LATEST);
        RawRecord record =
                new RawRecord(
                        "topic",
                        3,
                        number,
                        -1,
                        bytes,
                        null,
                        List.of(new RecordHeader(name, bytes)));
        PartitionTime at = new PartitionTime(name, number);
        survives(
                new ClipTypes.CameraFrames(),
                new CameraFrame.Cropped(
                        new FrameCrop(frame, record, bytes),
                        new CameraFrame.Made(number, name),
                        at));
        survives(new ClipTypes.CameraFrames(), new CameraFrame.Missing(frame, at));
        survives(new ClipTypes.CameraFrames(), new CameraFrame.Tick(name, at));
        ClipFrame picture = new ClipFrame(number, LATEST, bytes);
        survives(new ClipTypes.Clips(), new Clip(frame, record, List.of(picture, picture)));
        survives(new ClipTypes.Frames(), picture);
        survives(new ClipTypes.PartitionTimes(), at);
        survives(new ClipTypes.Cameras(), new Camera(name, at, CameraClips.NONE));
        Seen seen = new Seen(name, number, LATEST);
        survives(
                new ClipTypes.Cameras(),
                new Camera(name, at, new CameraClips(3, 2, 1, number, 7, seen, seen)));
    }

    @Test
    void anUnknownVersionIsRefused() throws Exception {
        DataOutputSerializer out = new DataOutputSerializer(64);
        ClipTypes.Cameras cameras = new ClipTypes.Cameras();
        cameras.serialize(cameras.createInstance(), out);
        byte[] bytes = out.getCopyOfBuffer();
        assertThat(bytes[0]).isEqualTo((byte) 1);
        bytes[0] = 2;
        assertThatThrownBy(() -> cameras.deserialize(new DataInputDeserializer(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessage("an element of version 2, and this release reads versions 1 to 1 only");
    }

    @Test
    void snapshotsRestoreTheirSerializers() {
        restores(new ClipTypes.CameraFrames());
        restores(new ClipTypes.Clips());
        restores(new ClipTypes.Frames());
        restores(new ClipTypes.Cameras());
        restores(new ClipTypes.PartitionTimes());
    }

    private static <T> void survives(TypeSerializer<T> serializer, T element) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(element, out);
        DataOutputSerializer copied = new DataOutputSerializer(64);
        serializer.copy(new DataInputDeserializer(out.getCopyOfBuffer()), copied);
        DataInputDeserializer in = new DataInputDeserializer(copied.getCopyOfBuffer());
        assertThat(serializer.deserialize(in)).usingRecursiveComparison().isEqualTo(element);
        assertThat(in.available()).isZero();
        assertThat(serializer.copy(element)).isSameAs(element);
    }

    private static <T> void restores(TypeSerializer<T> serializer) {
        TypeSerializerSnapshot<T> snapshot = serializer.snapshotConfiguration();
        assertThat(snapshot.restoreSerializer()).isEqualTo(serializer);
    }
}
