package dev.iresnet.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A JPEG in its parts (ITU-T T.81, annex B), put together again around mutated ones: its markers,
 * its segments' lengths and its end stay right, so that what checks those lets it pass.
 *
 * @param segments before the first scan
 * @param scans from the first start-of-scan marker to before the end-of-image marker
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier within this package, never compared
record JpegFile(List<Segment> segments, byte[] scans) {
    private static final int START_OF_SCAN = 0xDA;
    private static final int FRAME_SIDES = 1;

    /**
     * What a marker is followed by.
     *
     * @param body without the two bytes of its length
     */
    @SuppressWarnings("ArrayRecordComponent") // as above
    record Segment(int marker, byte[] body) {
        boolean isFrame() {
            return marker >= 0xC0 && marker <= 0xC2;
        }
    }

    static JpegFile parse(byte[] file) {
        List<Segment> segments = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(file);
        int at = 2;
        while ((file[at + 1] & 0xFF) != START_OF_SCAN) {
            int length = bytes.getShort(at + 2) & 0xFFFF;
            segments.add(
                    new Segment(
                            file[at + 1] & 0xFF,
                            Arrays.copyOfRange(file, at + 4, at + 2 + length)));
            at += 2 + length;
        }
        return new JpegFile(segments, Arrays.copyOfRange(file, at, file.length - 2));
    }

    byte[] mutated(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> withBody(random).file();
            case 1 -> withSides(random).file();
            case 2 -> shuffled(random).file();
            case 3 -> withScans(Spoil.anyhow(scans, random)).file();
            default -> withScans(Spoil.bitsFlipped(scans, random)).file();
        };
    }

    /** Tables and headers of the right length and the wrong content. */
    private JpegFile withBody(SplittableRandom random) {
        int chosen = random.nextInt(segments.size());
        Segment segment = segments.get(chosen);
        byte[] body =
                random.nextInt(3) == 0
                        ? Spoil.anyhow(segment.body(), random)
                        : Spoil.bitsFlipped(segment.body(), random);
        return with(chosen, new Segment(segment.marker(), body));
    }

    /** More or fewer pixels than the scans have. */
    private JpegFile withSides(SplittableRandom random) {
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i).isFrame()) {
                ByteBuffer body = ByteBuffer.wrap(segments.get(i).body().clone());
                int at = FRAME_SIDES + 2 * random.nextInt(2);
                body.putShort(at, (short) Sizes.lie(body.getShort(at), random));
                return with(i, new Segment(segments.get(i).marker(), body.array()));
            }
        }
        throw new IllegalStateException("a JPEG without a frame header");
    }

    /** A segment less, one twice, or all of them in another order. */
    private JpegFile shuffled(SplittableRandom random) {
        List<Segment> changed = new ArrayList<>(segments);
        int chosen = random.nextInt(changed.size());
        switch (random.nextInt(3)) {
            case 0 -> changed.remove(chosen);
            case 1 -> changed.add(random.nextInt(changed.size()), changed.get(chosen));
            default -> Collections.swap(changed, chosen, random.nextInt(changed.size()));
        }
        return new JpegFile(changed, scans);
    }

    private JpegFile withScans(byte[] changed) {
        return new JpegFile(segments, changed);
    }

    private JpegFile with(int index, Segment segment) {
        List<Segment> changed = new ArrayList<>(segments);
        changed.set(index, segment);
        return new JpegFile(changed, scans);
    }

    private byte[] file() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xD8});
        for (Segment segment : segments) {
            int length = segment.body().length + 2;
            file.writeBytes(
                    new byte[] {
                        (byte) 0xFF, (byte) segment.marker(), (byte) (length >> 8), (byte) length
                    });
            file.writeBytes(segment.body());
        }
        file.writeBytes(scans);
        file.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xD9});
        return file.toByteArray();
    }
}
