package dev.iresnet.benchmark.job;

import dev.iresnet.proving.feed.EventFormat;
import dev.iresnet.proving.feed.Picture;
import dev.iresnet.proving.manifest.ManifestEntry;
import dev.iresnet.schemas.avro.ImageEncoding;
import dev.iresnet.schemas.avro.ImageEvent;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Frames that need no decoding: square pictures of noise, RGB, whatever the file. */
final class RawFormat extends EventFormat {

    private static final int DISTINCT = 16;

    private final int side;
    private final List<byte[]> pictures;

    RawFormat(String topic, int side) {
        super(topic);
        this.side = side;
        this.pictures = IntStream.range(0, DISTINCT).mapToObj(i -> noise(i, side)).toList();
    }

    private static byte[] noise(long seed, int side) {
        byte[] bytes = new byte[side * side * 3];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    @Override
    protected void setImage(ImageEvent.Builder event, ManifestEntry frame, Picture picture) {
        byte[] pixels = pictures.get((int) (frame.frameNumber() % DISTINCT));
        event.setEncoding(ImageEncoding.RGB)
                .setWidth(side)
                .setHeight(side)
                .setImage(ByteBuffer.wrap(pixels));
    }
}
