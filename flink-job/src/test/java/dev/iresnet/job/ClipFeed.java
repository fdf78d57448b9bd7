package dev.iresnet.job;

import dev.iresnet.clip.CameraClips.Seen;
import dev.iresnet.clip.ClipModel;
import dev.iresnet.clip.ClipModel.Sent;
import dev.iresnet.clip.ClipRules;
import dev.iresnet.schemas.avro.ImageEncoding;
import dev.iresnet.schemas.avro.ImageEvent;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What cameras send, worked out beforehand: frames in order, and now and then one that cannot be
 * decoded, one that is sent twice, one that comes late, a gap, and a camera that counts anew.
 */
final class ClipFeed {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Map<Integer, List<Sent>> sent = new HashMap<>();
    private final List<ImageEvent> events = new ArrayList<>();
    private int bad;

    /** Sends as many frames of each camera, in turn. */
    ClipFeed(int cameras, int frames) {
        long[] millis = new long[cameras];
        int[] number = new int[cameras];
        for (int i = 0; i < frames; i++) {
            for (int camera = 0; camera < cameras; camera++) {
                int kind = (i * 7 + camera * 13) % 41;
                millis[camera] += kind == 1 ? 5_000 : 100;
                if (kind == 2) {
                    number[camera] = 0;
                }
                add(camera, number[camera], millis[camera], kind == 3);
                if (kind == 4) {
                    add(camera, number[camera], millis[camera], false);
                } else if (kind == 5 && number[camera] > 0) {
                    add(camera, number[camera] - 1, millis[camera] - 100, false);
                }
                number[camera]++;
            }
        }
    }

    private void add(int camera, int number, long millis, boolean isBad) {
        String id = "event-%d-%d-%d".formatted(camera, number, millis);
        Seen seen = new Seen(id, number, START.plusMillis(millis));
        sent.computeIfAbsent(camera, any -> new ArrayList<>()).add(new Sent(seen, isBad));
        bad += isBad ? 1 : 0;
        byte[] pixels = RevealingClipModel.pixels(camera, number);
        events.add(
                ImageEvent.newBuilder()
                        .setEventId(id)
                        .setCameraId(ClipVerifier.cameraName(camera))
                        .setFrameNumber(number)
                        .setCapturedAt(seen.capturedAt())
                        .setEncoding(ImageEncoding.RGB)
                        .setWidth(RevealingClipModel.SIDE)
                        .setHeight(RevealingClipModel.SIDE + (isBad ? 1 : 0))
                        .setImage(ByteBuffer.wrap(pixels))
                        .build());
    }

    List<ImageEvent> events() {
        return events;
    }

    /** Frames that become dead letters. */
    int bad() {
        return bad;
    }

    ClipVerifier verifier(ClipRules rules) {
        Map<Integer, List<List<Seen>>> clips = new HashMap<>();
        sent.forEach((camera, frames) -> clips.put(camera, ClipModel.clips(frames, rules)));
        return new ClipVerifier(clips);
    }
}
