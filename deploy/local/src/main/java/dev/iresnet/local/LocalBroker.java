package dev.iresnet.local;

import dev.iresnet.proving.broker.BrokerException;
import dev.iresnet.proving.broker.BrokerOptions;
import dev.iresnet.proving.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;

/** A broker of our own, which ends with the run. */
final class LocalBroker implements Kafka {

    /** More than slots, so that both have work, and that a camera's order is put to the test. */
    private static final int PARTITIONS = 4;

    private static final int MAX_FRAME_BYTES = 16 << 20;

    /** The same frame, and headers that tell what is wrong with it. */
    private static final int MAX_DEAD_LETTER_BYTES = 17 << 20;

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
            broker.createTopics(
                    List.of(
                            topic(topics.input(), MAX_FRAME_BYTES),
                            topic(topics.output(), MAX_FRAME_BYTES),
                            topic(topics.deadLetter(), MAX_DEAD_LETTER_BYTES)));
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

    private static NewTopic topic(String name, int maxBytes) {
        return new NewTopic(name, Optional.of(PARTITIONS), Optional.empty())
                .configs(Map.of("max.message.bytes", Integer.toString(maxBytes)));
    }
}
