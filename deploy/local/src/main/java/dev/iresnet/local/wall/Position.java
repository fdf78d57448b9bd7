package dev.iresnet.local.wall;

/**
 * Where a frame lies in Kafka.
 *
 * @param partition 0 or more
 * @param offset 0 or more
 */
record Position(String topic, int partition, long offset) {}
