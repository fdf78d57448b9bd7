package dev.iresnet.proving.feed;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Producers fit for a feed. */
public final class FeedProducers {
    private static final int MAX_REQUEST_BYTES = 64 << 20;

    private FeedProducers() {}

    /**
     * One that sends each frame exactly once and in order, at once, and leaves it to the broker to
     * refuse large ones. Pictures do not compress, so it does not try.
     *
     * @param properties of the user's, {@code bootstrap.servers} among them; they win
     */
    public static Producer<byte[], byte[]> create(Map<String, ?> properties) {
        Map<String, Object> all = new HashMap<>();
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        all.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        all.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        all.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        all.put(ProducerConfig.BUFFER_MEMORY_CONFIG, MAX_REQUEST_BYTES);
        all.putAll(properties);
        return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
