package dev.iresnet.replay;

import dev.iresnet.config.ReplayConfig;
import java.util.Locale;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Properties of the clients that a replay needs. */
final class Clients {
    /**
     * Any record that a topic takes; it is the topic's limit that counts. The buffer must hold as
     * much, or the producer refuses what is larger; it is taken as records come, not at once.
     */
    private static final int LARGEST_REQUEST = 256 << 20;

    private final ReplayConfig config;

    Clients(ReplayConfig config) {
        this.config = config;
    }

    Properties reader() {
        Properties properties = config.kafka().sourceProperties();
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, committed());
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        // what is gone is gone: never begin somewhere else without a word
        properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.setProperty(
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class.getName());
        properties.setProperty(
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class.getName());
        return properties;
    }

    Properties administrator() {
        return config.kafka().sourceProperties();
    }

    Properties sender() {
        Properties properties = config.kafka().sinkProperties();
        properties.setProperty(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG, config.groupId() + "-replay");
        properties.setProperty(
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(LARGEST_REQUEST));
        properties.setProperty(
                ProducerConfig.BUFFER_MEMORY_CONFIG, Integer.toString(LARGEST_REQUEST));
        properties.setProperty(
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        properties.setProperty(
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        return properties;
    }

    private static String committed() {
        return IsolationLevel.READ_COMMITTED.toString().toLowerCase(Locale.ROOT);
    }
}
