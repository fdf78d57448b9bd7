package dev.iresnet.proving.broker;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/** The settings of a broker that is alone, young and talked to by one machine. */
final class BrokerProperties {

    /** A frame of a camera with many pixels fits, and a dead letter with its headers too. */
    static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

    private BrokerProperties() {}

    static Properties of(BrokerOptions options, Path directory, Ports ports) {
        Properties properties = new Properties();
        node(properties, directory, ports.controller());
        listeners(properties, options.guarded(), ports);
        alone(properties);
        frames(properties);
        properties.putAll(options.overrides());
        return properties;
    }

    private static void node(Properties properties, Path directory, int controllerPort) {
        properties.setProperty("process.roles", "broker,controller");
        properties.setProperty("node.id", "1");
        properties.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        properties.setProperty("controller.listener.names", "CONTROLLER");
        properties.setProperty("log.dirs", directory.toString());
    }

    private static void listeners(
            Properties properties, List<GuardedListener> guarded, Ports ports) {
        StringBuilder brokers = new StringBuilder("PLAINTEXT://127.0.0.1:" + ports.broker());
        StringBuilder protocols = new StringBuilder("PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        for (GuardedListener listener : guarded) {
            String name = listener.name().toUpperCase(Locale.ROOT);
            brokers.append(",%s://127.0.0.1:%d".formatted(name, ports.guarded(listener)));
            protocols.append(",%s:%s".formatted(name, listener.protocol()));
            listener.addTo(properties);
        }
        properties.setProperty("listener.security.protocol.map", protocols.toString());
        properties.setProperty(
                "listeners", brokers + ",CONTROLLER://127.0.0.1:" + ports.controller());
        properties.setProperty("advertised.listeners", brokers.toString());
    }

    /** One replica of everything, and no waiting for members that will not come. */
    private static void alone(Properties properties) {
        properties.setProperty("default.replication.factor", "1");
        properties.setProperty("offsets.topic.replication.factor", "1");
        properties.setProperty("offsets.topic.num.partitions", "1");
        properties.setProperty("transaction.state.log.replication.factor", "1");
        properties.setProperty("transaction.state.log.min.isr", "1");
        properties.setProperty("transaction.state.log.num.partitions", "4");
        properties.setProperty("share.coordinator.state.topic.replication.factor", "1");
        properties.setProperty("share.coordinator.state.topic.min.isr", "1");
        properties.setProperty("group.initial.rebalance.delay.ms", "0");
        properties.setProperty("auto.create.topics.enable", "false");
        // The default preallocates 128 MiB for the dedupe of compacted topics, which hold little.
        properties.setProperty("log.cleaner.dedupe.buffer.size", "4194304");
    }

    private static void frames(Properties properties) {
        properties.setProperty("message.max.bytes", Integer.toString(MAX_MESSAGE_BYTES));
        properties.setProperty("replica.fetch.max.bytes", Integer.toString(MAX_MESSAGE_BYTES));
        properties.setProperty("socket.request.max.bytes", Integer.toString(100 * 1024 * 1024));
    }
}
