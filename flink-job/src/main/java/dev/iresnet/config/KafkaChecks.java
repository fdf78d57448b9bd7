package dev.iresnet.config;

/**
 * See {@code kafka-checks.*}.
 *
 * @param enabled whether Kafka is asked
 * @param maxMessageBytes what the topics take, where it is not
 */
public record KafkaChecks(boolean enabled, int maxMessageBytes) {}
