package dev.iresnet.local.cluster;

import java.util.Map;

/** A broker with the topics of a run. */
public interface Kafka extends AutoCloseable {

    String bootstrapServers();

    @Override
    void close();

    /** For consumers of this run that read everything, without a group. */
    default Map<String, Object> consumerProperties() {
        return Map.of("bootstrap.servers", bootstrapServers(), "enable.auto.commit", false);
    }
}
