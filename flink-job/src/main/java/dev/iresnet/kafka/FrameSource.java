package dev.iresnet.kafka;

import dev.iresnet.config.InputConfig;
import dev.iresnet.config.KafkaConfig;
import dev.iresnet.event.RawRecord;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** Reads the input topics, without end. */
public final class FrameSource {
    private FrameSource() {}

    public static KafkaSource<RawRecord> of(InputConfig input, KafkaConfig kafka) {
        return KafkaSource.<RawRecord>builder()
                .setTopics(input.topics())
                .setGroupId(input.groupId())
                .setStartingOffsets(offsets(input.startingOffsets()))
                .setDeserializer(new RawRecordSchema())
                .setProperties(properties(kafka))
                .build();
    }

    private static Properties properties(KafkaConfig kafka) {
        Properties properties = new Properties();
        // a frame whose producer has aborted was never sent
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // a frame is 100 kB to 1 MB: several a partition in one fetch, and fetches that a slot can
        // hold a few of
        properties.setProperty(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, bytes(4 << 20));
        properties.setProperty(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, bytes(16 << 20));
        properties.putAll(kafka.sourceProperties());
        return properties;
    }

    private static String bytes(int count) {
        return Integer.toString(count);
    }

    @SuppressWarnings("deprecation") // the connector asks for Kafka's old enum
    private static OffsetsInitializer offsets(InputConfig.StartingOffsets offsets) {
        return switch (offsets) {
            case COMMITTED -> OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
            case EARLIEST -> OffsetsInitializer.earliest();
            case LATEST -> OffsetsInitializer.latest();
        };
    }
}
