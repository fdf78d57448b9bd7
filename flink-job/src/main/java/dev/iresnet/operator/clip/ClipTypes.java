package dev.iresnet.operator.clip;

import dev.iresnet.clip.CameraClips;
import dev.iresnet.clip.CameraClips.Seen;
import dev.iresnet.clip.CameraFrame;
import dev.iresnet.clip.CameraFrame.PartitionTime;
import dev.iresnet.clip.Clip;
import dev.iresnet.clip.ClipFrame;
import dev.iresnet.event.Frame;
import dev.iresnet.event.RawRecord;
import dev.iresnet.operator.ElementTypes;
import dev.iresnet.result.FrameCrop;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Flink's view of what clips are made of. Snapshots are public, because Flink makes them by their
 * names, and these are in savepoints.
 */
public final class ClipTypes {
    public static final TypeInformation<CameraFrame> CAMERA_FRAME =
            ElementTypes.of(CameraFrame.class, new CameraFrames());
    public static final TypeInformation<Clip> CLIP = ElementTypes.of(Clip.class, new Clips());

    private static final PartitionTime NO_TIME = new PartitionTime("", 0);
    private static final Frame.Identity NO_FRAME = new Frame.Identity("", "", -1, Instant.EPOCH);
    private static final ClipFrame NO_PICTURE = new ClipFrame(-1, Instant.EPOCH, new byte[0]);

    private ClipTypes() {}

    /** Between the decoders and where clips are made. */
    static final class CameraFrames extends ClipElementSerializer<CameraFrame> {
        private static final int MISSING = 1;
        private static final int TICK = 2;

        /** 0 was a crop that did not say how it was made; no release has written it. */
        private static final int CROPPED = 3;

        private static final PartitionTimes TIMES = new PartitionTimes();

        @Override
        public CameraFrame createInstance() {
            return new CameraFrame.Tick("", NO_TIME);
        }

        @Override
        void write(CameraFrame element, DataOutputView target) throws IOException {
            if (element instanceof CameraFrame.Cropped cropped) {
                FrameCrop crop = cropped.crop();
                target.writeByte(CROPPED);
                writeIdentity(crop.frame(), target);
                writeRecord(crop.record(), target);
                writeBytes(crop.pixels(), target);
                target.writeLong(cropped.made().version());
                writeText(cropped.made().digest(), target);
            } else if (element instanceof CameraFrame.Missing missing) {
                target.writeByte(MISSING);
                writeIdentity(missing.frame(), target);
            } else {
                target.writeByte(TICK);
                writeText(element.key(), target);
            }
            TIMES.write(element.at(), target);
        }

        @Override
        CameraFrame read(DataInputView source) throws IOException {
            int kind = source.readUnsignedByte();
            return switch (kind) {
                case CROPPED ->
                        new CameraFrame.Cropped(
                                new FrameCrop(
                                        readIdentity(source),
                                        readRecord(source),
                                        readPixels(source)),
                                new CameraFrame.Made(source.readLong(), readText(source)),
                                TIMES.read(source));
                case MISSING -> new CameraFrame.Missing(readIdentity(source), TIMES.read(source));
                case TICK -> new CameraFrame.Tick(readText(source), TIMES.read(source));
                default -> throw new IOException("a camera's frame of unknown kind " + kind);
            };
        }

        @Override
        public TypeSerializerSnapshot<CameraFrame> snapshotConfiguration() {
            return new CameraFramesSnapshot();
        }
    }

    /** See {@link CameraFrames}. */
    public static final class CameraFramesSnapshot
            extends SimpleTypeSerializerSnapshot<CameraFrame> {
        public CameraFramesSnapshot() {
            super(CameraFrames::new);
        }
    }

    /** Used only where the chain behind the assembler is broken. */
    static final class Clips extends ClipElementSerializer<Clip> {
        @Override
        public Clip createInstance() {
            return new Clip(NO_FRAME, new RawRecord("", 0, 0, 0, null, null, List.of()), List.of());
        }

        @Override
        void write(Clip clip, DataOutputView target) throws IOException {
            writeIdentity(clip.last(), target);
            writeRecord(clip.record(), target);
            target.writeInt(clip.frames().size());
            for (ClipFrame frame : clip.frames()) {
                writeFrame(frame, target);
            }
        }

        @Override
        Clip read(DataInputView source) throws IOException {
            Frame.Identity last = readIdentity(source);
            RawRecord record = readRecord(source);
            int count = source.readInt();
            List<ClipFrame> frames = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                frames.add(readFrame(source));
            }
            return new Clip(last, record, frames);
        }

        @Override
        public TypeSerializerSnapshot<Clip> snapshotConfiguration() {
            return new ClipsSnapshot();
        }
    }

    /** See {@link Clips}. */
    public static final class ClipsSnapshot extends SimpleTypeSerializerSnapshot<Clip> {
        public ClipsSnapshot() {
            super(Clips::new);
        }
    }

    /** State: a frame that waits for its clip. */
    static final class Frames extends ClipElementSerializer<ClipFrame> {
        @Override
        public ClipFrame createInstance() {
            return NO_PICTURE;
        }

        @Override
        void write(ClipFrame frame, DataOutputView target) throws IOException {
            writeFrame(frame, target);
        }

        @Override
        ClipFrame read(DataInputView source) throws IOException {
            return readFrame(source);
        }

        @Override
        public TypeSerializerSnapshot<ClipFrame> snapshotConfiguration() {
            return new FramesSnapshot();
        }
    }

    /** See {@link Frames}. */
    public static final class FramesSnapshot extends SimpleTypeSerializerSnapshot<ClipFrame> {
        public FramesSnapshot() {
            super(Frames::new);
        }
    }

    /**
     * State: all that is known of a camera, but for its pictures.
     *
     * @param digest of the rules that its clips were made by
     * @param lastRead when its last frame was read
     */
    record Camera(String digest, PartitionTime lastRead, CameraClips clips) {}

    /** State: see {@link Camera}. */
    static final class Cameras extends ClipElementSerializer<Camera> {
        private static final PartitionTimes TIMES = new PartitionTimes();

        @Override
        public Camera createInstance() {
            return new Camera("", NO_TIME, CameraClips.NONE);
        }

        @Override
        void write(Camera camera, DataOutputView target) throws IOException {
            writeText(camera.digest(), target);
            TIMES.write(camera.lastRead(), target);
            CameraClips clips = camera.clips();
            target.writeInt(clips.held());
            target.writeInt(clips.fresh());
            target.writeInt(clips.slot());
            target.writeLong(clips.due());
            target.writeLong(clips.since());
            writeSeen(clips.last(), target);
            writeSeen(clips.taken(), target);
        }

        @Override
        Camera read(DataInputView source) throws IOException {
            return new Camera(
                    readText(source),
                    TIMES.read(source),
                    new CameraClips(
                            source.readInt(),
                            source.readInt(),
                            source.readInt(),
                            source.readLong(),
                            source.readLong(),
                            readSeen(source),
                            readSeen(source)));
        }

        private static void writeSeen(@Nullable Seen seen, DataOutputView target)
                throws IOException {
            target.writeBoolean(seen != null);
            if (seen != null) {
                writeText(seen.eventId(), target);
                target.writeLong(seen.number());
                writeInstant(seen.capturedAt(), target);
            }
        }

        private static @Nullable Seen readSeen(DataInputView source) throws IOException {
            return source.readBoolean()
                    ? new Seen(readText(source), source.readLong(), readInstant(source))
                    : null;
        }

        @Override
        public TypeSerializerSnapshot<Camera> snapshotConfiguration() {
            return new CamerasSnapshot();
        }
    }

    /** See {@link Cameras}. */
    public static final class CamerasSnapshot extends SimpleTypeSerializerSnapshot<Camera> {
        public CamerasSnapshot() {
            super(Cameras::new);
        }
    }

    /** State: how far a partition is. */
    static final class PartitionTimes extends ClipElementSerializer<PartitionTime> {
        @Override
        public PartitionTime createInstance() {
            return NO_TIME;
        }

        @Override
        void write(PartitionTime time, DataOutputView target) throws IOException {
            writeText(time.partition(), target);
            target.writeLong(time.millis());
        }

        @Override
        PartitionTime read(DataInputView source) throws IOException {
            return new PartitionTime(readText(source), source.readLong());
        }

        @Override
        public TypeSerializerSnapshot<PartitionTime> snapshotConfiguration() {
            return new PartitionTimesSnapshot();
        }
    }

    /** See {@link PartitionTimes}. */
    public static final class PartitionTimesSnapshot
            extends SimpleTypeSerializerSnapshot<PartitionTime> {
        public PartitionTimesSnapshot() {
            super(PartitionTimes::new);
        }
    }
}
