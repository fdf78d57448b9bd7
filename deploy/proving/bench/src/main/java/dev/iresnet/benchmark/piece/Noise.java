package dev.iresnet.benchmark.piece;

import dev.iresnet.event.RawRecord;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.schemas.avro.ImageEncoding;
import dev.iresnet.schemas.avro.ImageEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Pictures of noise: a network computes as long on them as on any. */
public final class Noise {
    private Noise() {}

    /** As records, raw RGB of the network's own size. */
    static List<RawRecord> records(int count, Preprocessing rule) {
        SingleObjectFormat<ImageEvent> format = SingleObjectFormat.ofImageEvents(List.of());
        return IntStream.range(0, count)
                .mapToObj(
                        i -> {
                            ImageEvent event =
                                    ImageEvent.newBuilder()
                                            .setEventId("event-" + i)
                                            .setCameraId("camera")
                                            .setCapturedAt(Instant.EPOCH)
                                            .setFrameNumber((long) i)
                                            .setEncoding(ImageEncoding.RGB)
                                            .setWidth(rule.width())
                                            .setHeight(rule.height())
                                            .setImage(ByteBuffer.wrap(bytes(i, rule.cropBytes())))
                                            .build();
                            byte[] key = "camera".getBytes(StandardCharsets.UTF_8);
                            return new RawRecord(
                                    "frames", 0, i, 0, key, format.encode(event), List.of());
                        })
                .toList();
    }

    private static byte[] bytes(long seed, int count) {
        byte[] bytes = new byte[count];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }
}
