package dev.iresnet.chaos.cluster;

import dev.iresnet.proving.broker.BrokerOptions;
import dev.iresnet.proving.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Kafka as a process, which takes up its data again when it is started anew. */
public final class BrokerMain {

    private BrokerMain() {}

    /**
     * Runs until it is ended.
     *
     * @param arguments the port on 127.0.0.1, and the directory of its data
     */
    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedBroker broker =
                EmbeddedBroker.start(
                        BrokerOptions.DEFAULTS
                                .withPort(Integer.parseInt(arguments[0]))
                                .withDirectory(Path.of(arguments[1])));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
        new CountDownLatch(1).await();
    }
}
