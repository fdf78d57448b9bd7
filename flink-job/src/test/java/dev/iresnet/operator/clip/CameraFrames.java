package dev.iresnet.operator.clip;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.iresnet.clip.CameraClips.Seen;
import dev.iresnet.clip.CameraFrame;
import dev.iresnet.clip.CameraFrame.PartitionTime;
import dev.iresnet.clip.ClipOptions;
import dev.iresnet.clip.MissingFrames;
import dev.iresnet.event.Frame;
import dev.iresnet.event.RawRecord;
import dev.iresnet.event.RecordHeader;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.ClipRule;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.Task;
import dev.iresnet.result.FrameCrop;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Cameras' frames for tests. The pixels of each tell which frame it is. */
final class CameraFrames {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Preprocessing CROPS =
            new Preprocessing(
                    2,
                    2,
                    Preprocessing.Resize.STRETCH,
                    2,
                    List.of(0f, 0f, 0f),
                    List.of(1f, 1f, 1f));
    static final ModelDescription MODEL = model(CROPS.width(), ClipSubtasks.LENGTH);

    private CameraFrames() {}

    /** For clips of so many frames of that side. */
    static ModelDescription model(int side, int length) {
        return new ModelDescription(
                "clips",
                1,
                "0".repeat(64),
                Task.VIDEO_CLASSIFICATION,
                List.of("a"),
                CROPS.stretchedTo(side),
                Optional.empty(),
                Optional.of(new ClipRule(length)));
    }

    static ClipOptions options(@Nullable Integer step, Duration maxGap, Duration idle) {
        return new ClipOptions(null, Duration.ZERO, step, maxGap, MissingFrames.SKIP, idle, 0);
    }

    static Seen seen(long number, long millis) {
        return new Seen("event-" + number, number, START.plusMillis(millis));
    }

    /** Read at the time of its capture. */
    static CameraFrame cropped(String camera, Seen seen) {
        return cropped(camera, seen, at(seen));
    }

    static CameraFrame cropped(String camera, Seen seen, PartitionTime at) {
        return cropped(camera, seen, at, pixels(camera, seen), MODEL);
    }

    static CameraFrame cropped(
            String camera, Seen seen, PartitionTime at, byte[] pixels, ModelDescription model) {
        Frame.Identity frame = identity(camera, seen);
        RawRecord record =
                new RawRecord(
                        "frames",
                        0,
                        seen.number(),
                        at.millis(),
                        camera.getBytes(UTF_8),
                        null,
                        List.of(new RecordHeader("trace", seen.eventId().getBytes(UTF_8))));
        return new CameraFrame.Cropped(
                new FrameCrop(frame, record, pixels), CameraFrame.Made.by(model), at);
    }

    static CameraFrame missing(String camera, Seen seen, PartitionTime at) {
        return new CameraFrame.Missing(identity(camera, seen), at);
    }

    static byte[] pixels(String camera, Seen seen) {
        byte[] pixels = new byte[CROPS.cropBytes()];
        Arrays.fill(pixels, (byte) ' ');
        byte[] name = (camera + "/" + seen.number()).getBytes(UTF_8);
        System.arraycopy(name, 0, pixels, 0, Math.min(name.length, pixels.length));
        return pixels;
    }

    private static Frame.Identity identity(String camera, Seen seen) {
        return new Frame.Identity(seen.eventId(), camera, seen.number(), seen.capturedAt());
    }

    static PartitionTime at(Seen seen) {
        return new PartitionTime("frames-0", seen.capturedAt().toEpochMilli());
    }
}
