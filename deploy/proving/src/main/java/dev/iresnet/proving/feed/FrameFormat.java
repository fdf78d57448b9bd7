package dev.iresnet.proving.feed;

import dev.iresnet.proving.manifest.ManifestEntry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** How a frame becomes a Kafka record. Thread-safe. */
public interface FrameFormat {

    ProducerRecord<byte[], byte[]> record(ManifestEntry frame, Picture picture);

    /** The frame as the manifest is to name it, now that it is known where it went. */
    default ManifestEntry acknowledged(ManifestEntry frame, RecordMetadata where) {
        return frame;
    }
}
