package dev.iresnet.kafka;

import dev.iresnet.config.DeliveryConfig;
import dev.iresnet.config.JobConfig;
import dev.iresnet.config.OutputConfig;
import dev.iresnet.result.FrameFailure;
import dev.iresnet.result.FrameResult;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Writes to a topic. Results and dead letters have a sink each, and commit independently: a
 * consumer of both may see one a moment before the other.
 */
public final class OutboundSink {
    private static final int LEAST_BUFFER = 32 << 20;

    /**
     * Some hundred results, where the topic takes so much at once: for a few a request costs as
     * much.
     */
    private static final int LARGEST_BATCH = 128 << 10;

    private OutboundSink() {}

    public static KafkaSink<FrameResult> ofResults(
            JobConfig config, RecordLimits limits, ResultSchema schema) {
        return sink(
                config,
                new ResultEncoder(config.output(), schema, limits.result()),
                "-results",
                properties(config, config.output().compression(), limits.result()));
    }

    public static KafkaSink<FrameFailure> ofDeadLetters(JobConfig config, RecordLimits limits) {
        return sink(
                config,
                new DeadLetterEncoder(
                        config.deadLetter().topic(), config.input().groupId(), limits.deadLetter()),
                "-dead-letters",
                properties(config, config.deadLetter().compression(), limits.deadLetter()));
    }

    private static <T> KafkaSink<T> sink(
            JobConfig config,
            KafkaRecordSerializationSchema<T> encoder,
            String suffix,
            Properties properties) {
        KafkaSinkBuilder<T> builder =
                KafkaSink.<T>builder()
                        .setKafkaProducerConfig(properties)
                        .setRecordSerializer(encoder);
        if (config.delivery().guarantee() == DeliveryConfig.Guarantee.AT_LEAST_ONCE) {
            return builder.setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE).build();
        }
        return builder.setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                // two sinks under one prefix would abort each other's transactions
                .setTransactionalIdPrefix(config.input().groupId() + suffix)
                // a name that is used once cannot meet a transaction that an outage left behind,
                // and needs no right to list the cluster's transactions
                .setTransactionNamingStrategy(TransactionNamingStrategy.INCREMENTING)
                .build();
    }

    static Properties properties(
            JobConfig config, OutputConfig.Compression compression, int limit) {
        Properties properties = new Properties();
        properties.setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression.toString());
        properties.setProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(limit));
        properties.setProperty(
                ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(Math.min(LARGEST_BATCH, limit)));
        properties.setProperty(
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                Long.toString(Math.max(LEAST_BUFFER, 2L * limit)));
        properties.setProperty(
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                Long.toString(config.delivery().transactionTimeout().toMillis()));
        properties.putAll(config.kafka().sinkProperties());
        return properties;
    }
}
