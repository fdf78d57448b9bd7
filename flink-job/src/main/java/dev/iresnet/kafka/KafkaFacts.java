package dev.iresnet.kafka;

import java.util.Map;
import java.util.Set;

/**
 * What the brokers say of themselves.
 *
 * @param maxMessageBytes of each topic that exists
 * @param missing topics that do not exist
 * @param transactionMaxTimeoutMillis the brokers' limit
 */
record KafkaFacts(
        Map<String, Integer> maxMessageBytes,
        Set<String> missing,
        long transactionMaxTimeoutMillis) {
    KafkaFacts {
        maxMessageBytes = Map.copyOf(maxMessageBytes);
        missing = Set.copyOf(missing);
    }
}
