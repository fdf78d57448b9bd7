package dev.iresnet.local.cluster;

import dev.iresnet.local.process.LocalException;
import dev.iresnet.local.topic.Topics;
import dev.iresnet.proving.broker.BrokerException;
import dev.iresnet.proving.broker.BrokerOptions;
import dev.iresnet.proving.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.utils.Exit;

/** A broker of our own, which ends with the run. */
public final class LocalBroker implements Kafka {

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
     * Starts a broker, and creates the topics.
     *
     * @param directory for its data
     */
    public static LocalBroker start(Topics topics, Path directory) {
        EmbeddedBroker broker;
        try {
            broker = EmbeddedBroker.start(BrokerOptions.DEFAULTS.withDirectory(directory));
        } catch (BrokerException e) {
            throw new LocalException(e.getMessage(), e);
        }
        try {
            broker.createTopic(topics.input(), PARTITIONS, maxBytes(MAX_FRAME_BYTES));
            broker.createTopic(topics.output(), PARTITIONS, maxBytes(MAX_FRAME_BYTES));
            broker.createTopic(topics.deadLetter(), PARTITIONS, maxBytes(MAX_DEAD_LETTER_BYTES));
            return new LocalBroker(broker);
        } catch (BrokerException e) {
            broker.close();
            throw new LocalException(e.getMessage(), e);
        }
    }

    /**
     * Kafka ends this process when its disk is full.
     *
     * @param last what is done before the process ends
     * @param status of the process
     */
    public static void onDeath(Runnable last, int status) {
        Exit.Procedure procedure =
                (kafkas, message) -> {
                    last.run();
                    Runtime.getRuntime().halt(status);
                };
        Exit.setExitProcedure(procedure);
        Exit.setHaltProcedure(procedure);
    }

    @Override
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    @Override
    public void close() {
        broker.close();
    }

    private static Map<String, String> maxBytes(int bytes) {
        return Map.of("max.message.bytes", Integer.toString(bytes));
    }
}
