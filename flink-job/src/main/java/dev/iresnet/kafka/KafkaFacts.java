package dev.iresnet.kafka;

import dev.iresnet.config.KafkaConfig;
import dev.iresnet.config.ValidationErrors;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * What the brokers say of themselves and of the job's topics.
 *
 * @param maxMessageBytes of each topic that exists
 * @param missing topics that do not exist
 * @param transactionMaxTimeoutMillis the brokers' limit
 */
record KafkaFacts(
        Map<String, Integer> maxMessageBytes,
        Set<String> missing,
        long transactionMaxTimeoutMillis) {
    private static final String TRANSACTION_MAX_TIMEOUT = "transaction.max.timeout.ms";

    KafkaFacts {
        maxMessageBytes = Map.copyOf(maxMessageBytes);
        missing = Set.copyOf(missing);
    }

    /**
     * Asks for everything that the checks need. The input topics are looked up with the source's
     * properties and the output topics with the sinks', since their logins may differ.
     *
     * @throws dev.iresnet.config.ConfigException if no broker answers, or one refuses to
     */
    static KafkaFacts ask(KafkaConfig kafka, Collection<String> input, Collection<String> output) {
        ValidationErrors errors = new ValidationErrors();
        kafka.checkReferences(errors);
        errors.throwIfAny();
        BrokerCall source = new BrokerCall(kafka.sourceProperties(), kafka::sourceKey);
        BrokerCall sinks = new BrokerCall(kafka.sinkProperties(), kafka::sinkKey);
        Map<String, Integer> sizes = new HashMap<>(source.ask(admin -> sizes(admin, input)));
        sizes.putAll(sinks.ask(admin -> sizes(admin, output)));
        Set<String> missing = new HashSet<>(input);
        missing.addAll(output);
        missing.removeAll(sizes.keySet());
        return new KafkaFacts(sizes, missing, sinks.ask(KafkaFacts::transactionMaxTimeout));
    }

    /** The {@code max.message.bytes} of those of the topics that exist. */
    private static Map<String, Integer> sizes(Admin admin, Collection<String> topics)
            throws ExecutionException, InterruptedException {
        Map<String, Integer> sizes = new HashMap<>();
        List<ConfigResource> resources =
                topics.stream()
                        .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                        .toList();
        Map<ConfigResource, KafkaFuture<Config>> answers =
                admin.describeConfigs(resources).values();
        for (Map.Entry<ConfigResource, KafkaFuture<Config>> answer : answers.entrySet()) {
            try {
                Config config = answer.getValue().get();
                sizes.put(
                        answer.getKey().name(),
                        Integer.valueOf(value(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG)));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        return sizes;
    }

    private static long transactionMaxTimeout(Admin admin)
            throws ExecutionException, InterruptedException {
        Node node = admin.describeCluster().nodes().get().iterator().next();
        ConfigResource broker =
                new ConfigResource(ConfigResource.Type.BROKER, Integer.toString(node.id()));
        Config config =
                admin.describeConfigs(List.of(broker)).all().get().values().iterator().next();
        return Long.parseLong(value(config, TRANSACTION_MAX_TIMEOUT));
    }

    private static String value(Config config, String name) {
        ConfigEntry entry = config.get(name);
        if (entry == null || entry.value() == null) {
            throw new KafkaException("the broker does not say its " + name);
        }
        return entry.value();
    }
}
