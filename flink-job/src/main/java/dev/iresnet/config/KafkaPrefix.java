package dev.iresnet.config;

import java.util.List;

/** Beginnings of keys whose rest is a property of Kafka's clients. */
final class KafkaPrefix {
    /** For all clients. */
    static final String COMMON = "kafka.";

    /** For the source, over {@link #COMMON}. */
    static final String SOURCE = "source.kafka.";

    /** For both sinks, over {@link #COMMON}. */
    static final String SINK = "sink.kafka.";

    static final List<String> ALL = List.of(COMMON, SOURCE, SINK);

    private KafkaPrefix() {}

    static boolean covers(String key) {
        return ALL.stream()
                .anyMatch(prefix -> key.startsWith(prefix) && key.length() > prefix.length());
    }
}
