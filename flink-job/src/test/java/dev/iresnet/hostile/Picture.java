package dev.iresnet.hostile;

import dev.iresnet.schemas.avro.ImageEncoding;
import java.util.List;
import java.util.SplittableRandom;

/** A picture as an event carries it; its bytes may be anything. */
@SuppressWarnings("ArrayRecordComponent") // a carrier within this package, never compared
record Picture(ImageEncoding encoding, int width, int height, byte[] bytes) {
    private static final List<ImageEncoding> RAW =
            List.of(
                    ImageEncoding.RGB,
                    ImageEncoding.BGR,
                    ImageEncoding.GRAY,
                    ImageEncoding.NV12,
                    ImageEncoding.I420);

    static Picture any(SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 0, 1 -> jpeg(random);
            case 2, 3 -> png(random);
            default -> raw(random);
        };
    }

    /** One that says itself what it is. */
    static Picture file(SplittableRandom random) {
        return random.nextBoolean() ? jpeg(random) : png(random);
    }

    static Picture jpeg(SplittableRandom random) {
        return new Picture(ImageEncoding.JPEG, 0, 0, one(Originals.JPEGS, random));
    }

    static Picture png(SplittableRandom random) {
        return new Picture(ImageEncoding.PNG, 0, 0, one(Originals.PNGS, random));
    }

    static Picture raw(SplittableRandom random) {
        ImageEncoding encoding = one(RAW, random);
        return new Picture(encoding, Originals.WIDTH, Originals.HEIGHT, Originals.raw(encoding));
    }

    static <T> T one(List<T> choices, SplittableRandom random) {
        return choices.get(random.nextInt(choices.size()));
    }

    Picture as(ImageEncoding other) {
        return new Picture(other, width, height, bytes);
    }

    Picture withBytes(byte[] other) {
        return new Picture(encoding, width, height, other);
    }

    Picture withSides(int otherWidth, int otherHeight) {
        return new Picture(encoding, otherWidth, otherHeight, bytes);
    }
}
