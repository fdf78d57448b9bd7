package dev.iresnet.benchmark.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.iresnet.proving.feed.FrameFormat;
import dev.iresnet.proving.feed.Picture;
import dev.iresnet.proving.manifest.ManifestEntry;
import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.schemas.avro.ImageEncoding;
import dev.iresnet.schemas.avro.ImageEvent;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Frames that need no decoding: square pictures of noise, RGB, whatever the file. */
final class RawFormat implements FrameFormat {
    private static final int DISTINCT = 16;

    private final String topic;
    private final int side;
    private final List<byte[]> pictures;
    private final SingleObjectFormat<ImageEvent> events =
            SingleObjectFormat.ofImageEvents(List.of());

    RawFormat(String topic, int side) {
        this.topic = topic;
        this.side = side;
        this.pictures = IntStream.range(0, DISTINCT).mapToObj(i -> noise(i, side)).toList();
    }

    private static byte[] noise(long seed, int side) {
        byte[] bytes = new byte[side * side * 3];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    @Override
    public ProducerRecord<byte[], byte[]> record(ManifestEntry frame, Picture picture) {
        byte[] pixels = pictures.get((int) (frame.frameNumber() % DISTINCT));
        ImageEvent event =
                ImageEvent.newBuilder()
                        .setEventId(frame.eventId())
                        .setCameraId(frame.cameraId())
                        .setCapturedAt(frame.capturedAt())
                        .setFrameNumber(frame.frameNumber())
                        .setEncoding(ImageEncoding.RGB)
                        .setWidth(side)
                        .setHeight(side)
                        .setImage(ByteBuffer.wrap(pixels))
                        .build();
        return new ProducerRecord<>(topic, frame.cameraId().getBytes(UTF_8), events.encode(event));
    }

    @Override
    public ManifestEntry acknowledged(ManifestEntry frame, RecordMetadata where) {
        return frame;
    }
}
