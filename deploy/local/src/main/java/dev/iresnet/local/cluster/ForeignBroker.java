package dev.iresnet.local.cluster;

import dev.iresnet.local.process.LocalException;
import dev.iresnet.local.process.StopSignal;
import dev.iresnet.local.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * The user's broker. Topics are not made there: how many partitions and copies they want is the
 * user's to say.
 */
public record ForeignBroker(String bootstrapServers) implements Kafka {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /**
     * Connects to the broker, and looks for the topics.
     *
     * @throws LocalException if it does not answer or lacks a topic
     */
    public static ForeignBroker connect(String bootstrapServers, Topics topics) {
        Set<String> there = topicsOf(bootstrapServers);
        for (String topic : List.of(topics.input(), topics.output(), topics.deadLetter())) {
            if (!there.contains(topic)) {
                throw new LocalException(
                        "There is no topic %s at %s: create it, or name another with --input, --output or --dead-letter"
                                .formatted(topic, bootstrapServers));
            }
        }
        return new ForeignBroker(bootstrapServers);
    }

    private static Set<String> topicsOf(String bootstrapServers) {
        Map<String, Object> properties =
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "default.api.timeout.ms", (int) TIMEOUT.toMillis(),
                        "request.timeout.ms", (int) TIMEOUT.toMillis());
        try (Admin admin = Admin.create(properties)) {
            return admin.listTopics().names().get(TIMEOUT.toSeconds() + 1, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new LocalException(
                    "No Kafka broker answers at %s (--bootstrap-servers): %s"
                            .formatted(bootstrapServers, LocalException.reason(e)),
                    e);
        } catch (InterruptedException e) {
            throw new StopSignal.StoppedException();
        }
    }

    /** Does nothing: the broker is the user's. */
    @Override
    public void close() {}
}
