package dev.iresnet.kafka;

import dev.iresnet.config.ConfigException;
import dev.iresnet.config.KafkaConfig;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks the brokers, through Kafka's Admin client. */
final class KafkaSurvey {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String TRANSACTION_MAX_TIMEOUT = "transaction.max.timeout.ms";

    private final KafkaConfig kafka;

    KafkaSurvey(KafkaConfig kafka) {
        this.kafka = kafka;
    }

    /**
     * Asks for everything that the checks need.
     *
     * @throws ConfigException if no broker answers, or one refuses to
     */
    KafkaFacts of(Collection<String> topics) {
        try (Admin admin = Admin.create(properties())) {
            Set<String> missing = new HashSet<>();
            Map<String, Integer> sizes = sizes(admin, topics, missing);
            return new KafkaFacts(sizes, missing, transactionMaxTimeout(admin));
        } catch (ExecutionException e) {
            throw unanswered(e.getCause() == null ? e : e.getCause());
        } catch (KafkaException e) {
            throw unanswered(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unanswered(e);
        }
    }

    private Properties properties() {
        Properties properties = kafka.commonProperties();
        String patience = Long.toString(PATIENCE.toMillis());
        properties.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, patience);
        properties.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, patience);
        return properties;
    }

    private static Map<String, Integer> sizes(
            Admin admin, Collection<String> topics, Set<String> missing)
            throws ExecutionException, InterruptedException {
        Map<String, Integer> sizes = new HashMap<>();
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

    private ConfigException unanswered(Throwable cause) {
        return new ConfigException(
                List.of(
                        "Kafka at kafka.bootstrap.servers = %s did not answer: %s (%s). Check address, network and kafka.security.*; where this machine may not describe topics and brokers, set kafka-checks.enabled = false"
                                .formatted(
                                        kafka.bootstrapServers(),
                                        cause.getMessage(),
                                        cause.getClass().getSimpleName())));
    }
}
