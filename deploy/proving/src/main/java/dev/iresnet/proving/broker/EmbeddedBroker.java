package dev.iresnet.proving.broker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka in this process: one node, broker and controller in one, on 127.0.0.1. Transactions and
 * consumer groups work as on a cluster; nothing is replicated.
 *
 * <p>Kafka's fatal errors, a full disk above all, end the process through {@code
 * org.apache.kafka.common.utils.Exit}: to print a message first, set a procedure there.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

    /** The same for all, so that a kept data directory fits the next broker over it. */
    private static final String CLUSTER_ID = "aXJlc25ldC1sb2NhbC0wMA";

    private static final Duration TOPIC_TIMEOUT = Duration.ofSeconds(30);

    private final DataDirectory directory;
    private final KafkaRaftServer server;
    private final Ports ports;

    private EmbeddedBroker(DataDirectory directory, KafkaRaftServer server, Ports ports) {
        this.directory = directory;
        this.server = server;
        this.ports = ports;
    }

    /** Starts one on a free port over a temporary directory. */
    public static EmbeddedBroker start() {
        return start(BrokerOptions.DEFAULTS);
    }

    /**
     * Returns when clients can connect, in about two seconds.
     *
     * @throws BrokerException when the port is taken, the disk is full or Kafka will not start
     */
    public static EmbeddedBroker start(BrokerOptions options) {
        Ports ports = Ports.find(options.port(), options.guarded());
        DataDirectory directory = DataDirectory.open(options.directory());
        try {
            Properties properties = BrokerProperties.of(options, directory.path(), ports);
            format(directory.path(), properties);
            KafkaRaftServer server = boot(properties);
            LOG.info("Kafka is up on 127.0.0.1:{}, data in {}", ports.broker(), directory.path());
            return new EmbeddedBroker(directory, server, ports);
        } catch (BrokerException e) {
            directory.close();
            throw e;
        } catch (Exception e) { // Scala declares nothing and may throw anything
            directory.close();
            throw new BrokerException("The embedded broker did not start: " + e.getMessage(), e);
        }
    }

    /** For clients: {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + ports.broker();
    }

    /** The same for clients of a listener that lets in only some. */
    public String bootstrapServers(GuardedListener listener) {
        return "127.0.0.1:" + ports.guarded(listener);
    }

    /** Where this broker writes. */
    public Path directory() {
        return directory.path();
    }

    /** Makes a topic that takes records up to the broker's own limit. */
    public void createTopic(String name, int partitions) {
        createTopic(name, partitions, Map.of());
    }

    /**
     * Makes a topic.
     *
     * @param properties of the topic, such as {@code max.message.bytes}
     */
    public void createTopic(String name, int partitions, Map<String, String> properties) {
        createTopics(
                List.of(
                        new NewTopic(name, Optional.of(partitions), Optional.empty())
                                .configs(properties)));
    }

    /**
     * Makes topics, and waits until each of their partitions takes records.
     *
     * @throws BrokerException when one exists or is not allowed
     */
    public void createTopics(Collection<NewTopic> topics) {
        try (Admin admin = admin()) {
            new TopicCreation(admin, TOPIC_TIMEOUT).create(topics);
        } catch (ExecutionException | TimeoutException e) {
            throw new BrokerException("Cannot create topics: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException("Interrupted while creating topics", e);
        }
    }

    /** An administrator of this broker; the caller closes it. */
    public Admin admin() {
        return Admin.create(
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, (Object) bootstrapServers()));
    }

    /** Stops the broker, in order, and deletes its data if the directory is temporary. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
        directory.close();
    }

    private static KafkaRaftServer boot(Properties properties) {
        KafkaRaftServer server =
                new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
        try {
            server.startup();
            return server;
        } catch (RuntimeException e) {
            server.shutdown();
            throw e;
        }
    }

    private static void format(Path directory, Properties properties) throws IOException {
        Path file = directory.resolve("server.properties");
        try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            properties.store(writer, null);
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String[] arguments = {
            "format", "-c", file.toString(), "-t", CLUSTER_ID, "--ignore-formatted"
        };
        int status;
        try (PrintStream out = new PrintStream(said, false, StandardCharsets.UTF_8)) {
            status = StorageTool.execute(arguments, out);
        }
        if (status != 0) {
            throw new BrokerException(
                    "Cannot format %s for the broker: %s"
                            .formatted(directory, said.toString(StandardCharsets.UTF_8).strip()),
                    null);
        }
    }
}
