package dev.iresnet.kafka;

import dev.iresnet.config.KafkaConfig;
import dev.iresnet.config.Mistakes;
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
 * Asks the brokers, through Kafka's Admin client: of the input as the source, of the output as the
 * sinks, since they may show different passwords.
 */
final class KafkaSurvey {
    private static final String TRANSACTION_MAX_TIMEOUT = "transaction.max.timeout.ms";

    private final KafkaConfig kafka;

    KafkaSurvey(KafkaConfig kafka) {
        this.kafka = kafka;
    }

    /**
     * Asks for everything that the checks need.
     *
     * @throws dev.iresnet.config.ConfigException if no broker answers, or one refuses to
     */
    KafkaFacts of(Collection<String> input, Collection<String> output) {
        Mistakes mistakes = new Mistakes();
        kafka.checkReferences(mistakes);
        mistakes.throwIfAny();
        TopicSizes read =
                new BrokerCall(kafka.sourceProperties(), kafka::sourceKey)
                        .ask(admin -> sizes(admin, input));
        BrokerCall sinks = new BrokerCall(kafka.sinkProperties(), kafka::sinkKey);
        TopicSizes written = sinks.ask(admin -> sizes(admin, output));
        return read.and(written).with(sinks.ask(KafkaSurvey::transactionMaxTimeout));
    }

    private static TopicSizes sizes(Admin admin, Collection<String> topics)
            throws ExecutionException, InterruptedException {
        Map<String, Integer> sizes = new HashMap<>();
        Set<String> missing = new HashSet<>();
        List<ConfigResource> resources =
                topics.stream()
                        .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                        .toList();
        Map<ConfigResource, KafkaFuture<Config>> answers =
                admin.describeConfigs(resources).values();
        for (Map.Entry<ConfigResource, KafkaFuture<Config>> answer : answers.entrySet()) {
            String topic = answer.getKey().name();
            try {
                Config config = answer.getValue().get();
                sizes.put(
                        topic,
                        Integer.valueOf(value(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG)));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
                missing.add(topic);
            }
        }
        return new TopicSizes(sizes, missing);
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

    /**
     * What topics say of themselves.
     *
     * @param maxMessageBytes of those that exist
     * @param missing those that do not
     */
    private record TopicSizes(Map<String, Integer> maxMessageBytes, Set<String> missing) {
        TopicSizes and(TopicSizes other) {
            Map<String, Integer> sizes = new HashMap<>(maxMessageBytes);
            sizes.putAll(other.maxMessageBytes);
            Set<String> absent = new HashSet<>(missing);
            absent.addAll(other.missing);
            return new TopicSizes(sizes, absent);
        }

        KafkaFacts with(long transactionMaxTimeoutMillis) {
            return new KafkaFacts(maxMessageBytes, missing, transactionMaxTimeoutMillis);
        }
    }
}
