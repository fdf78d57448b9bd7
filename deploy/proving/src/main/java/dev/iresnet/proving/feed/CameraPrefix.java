package dev.iresnet.proving.feed;

import dev.iresnet.proving.manifest.ManifestEntry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Gives a feed cameras of its own, where several feeds send to one topic. */
public final class CameraPrefix implements FrameFormat {
    private final String prefix;
    private final FrameFormat format;

    public CameraPrefix(String prefix, FrameFormat format) {
        this.prefix = prefix;
        this.format = format;
    }

    @Override
    public ProducerRecord<byte[], byte[]> record(ManifestEntry frame, Picture picture) {
        return format.record(named(frame), picture);
    }

    @Override
    public ManifestEntry acknowledged(ManifestEntry frame, RecordMetadata where) {
        return format.acknowledged(named(frame), where);
    }

    private ManifestEntry named(ManifestEntry frame) {
        return new ManifestEntry(
                frame.eventId(),
                frame.file(),
                prefix + frame.cameraId(),
                frame.frameNumber(),
                frame.capturedAt());
    }
}
