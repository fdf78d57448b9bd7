package dev.iresnet.local;

import dev.iresnet.proving.broker.BrokerException;
import dev.iresnet.proving.broker.BrokerOptions;
import dev.iresnet.proving.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.List;

/** A broker of our own, which ends with the run. */
final class LocalBroker implements Kafka {

    /** More than slots, so that both have work, and that a camera's order is put to the test. */
    private static final int PARTITIONS = 4;

    private final EmbeddedBroker broker;

    private LocalBroker(EmbeddedBroker broker) {
        this.broker = broker;
    }

    /**
     * @param directory for its data
     */
    static LocalBroker start(Topics topics, Path directory) {
        EmbeddedBroker broker;
        try {
            broker = EmbeddedBroker.start(BrokerOptions.DEFAULTS.withDirectory(directory));
        } catch (BrokerException e) {
            throw new LocalException(e.getMessage(), e);
        }
        try {
            List.of(topics.input(), topics.output(), topics.deadLetter())
                    .forEach(topic -> broker.createTopic(topic, PARTITIONS));
            return new LocalBroker(broker);
        } catch (BrokerException e) {
            broker.close();
            throw new LocalException(e.getMessage(), e);
        }
    }

    @Override
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    @Override
    public void close() {
        broker.close();
    }
}
