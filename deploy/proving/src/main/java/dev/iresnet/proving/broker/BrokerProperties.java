package dev.iresnet.proving.broker;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
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
        Properties properties = alone();
        properties.setProperty("controller.quorum.voters", "1@127.0.0.1:" + ports.controller());
        properties.setProperty("log.dirs", directory.toString());
        listeners(properties, options.guarded(), ports);
        properties.putAll(options.overrides());
        return properties;
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

    /** One replica of everything, and no waiting for members that will not come; large frames. */
    private static final String ALONE =
            """
            process.roles=broker,controller
            node.id=1
            controller.listener.names=CONTROLLER
            default.replication.factor=1
            offsets.topic.replication.factor=1
            offsets.topic.num.partitions=1
            transaction.state.log.replication.factor=1
            transaction.state.log.min.isr=1
            transaction.state.log.num.partitions=4
            share.coordinator.state.topic.replication.factor=1
            share.coordinator.state.topic.min.isr=1
            group.initial.rebalance.delay.ms=0
            auto.create.topics.enable=false
            # The default preallocates 128 MiB for the dedupe of compacted topics, which hold little.
            log.cleaner.dedupe.buffer.size=4194304
            message.max.bytes=%1$d
            replica.fetch.max.bytes=%1$d
            socket.request.max.bytes=104857600
            """;

    private static Properties alone() {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(ALONE.formatted(MAX_MESSAGE_BYTES)));
        } catch (IOException e) {
            throw new UncheckedIOException("a string can be read", e);
        }
        return properties;
    }
}
