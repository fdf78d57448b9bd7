package dev.iresnet.proving.broker;

import dev.iresnet.proving.Launcher;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The broker as a process. */
@Command(
        name = "broker",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Kafka on 127.0.0.1, for trials. It prints its address, a JSON object in a line, when"
                    + " clients can connect, and runs until it is ended."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"2:it could not start"})
public final class BrokerMain implements Callable<Integer> {

    @Option(
            names = "--port",
            defaultValue = "0",
            description = "On 127.0.0.1; 0 takes a free one (${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--directory",
            description = "Of its data, which stays. By default a temporary one.")
    private @Nullable Path directory;

    @Option(
            names = "--topic",
            paramLabel = "NAME:PARTITIONS[:BYTES]",
            converter = TopicConverter.class,
            description = "A topic to make, and the largest record it takes; repeatable.")
    private List<NewTopic> topics = new ArrayList<>();

    @Option(
            names = "--property",
            paramLabel = "KEY=VALUE",
            description = "A setting of the broker, instead of its own; repeatable.")
    private Map<String, String> properties = new HashMap<>();

    public static void main(String[] arguments) {
        Launcher.exit(new BrokerMain(), arguments);
    }

    @Override
    public Integer call() throws InterruptedException {
        EmbeddedBroker broker =
                EmbeddedBroker.start(new BrokerOptions(port, directory, properties, List.of()));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "close"));
        broker.createTopics(topics);
        System.out.printf("{\"bootstrapServers\":\"%s\"}%n", broker.bootstrapServers());
        System.out.flush();
        new CountDownLatch(1).await();
        return CommandLine.ExitCode.OK;
    }

    /** {@code image-events:4:1048576}. */
    static final class TopicConverter implements ITypeConverter<NewTopic> {

        @Override
        public NewTopic convert(String text) {
            List<String> parts = List.of(text.split(":", -1));
            try {
                NewTopic topic =
                        new NewTopic(parts.get(0), Integer.parseInt(parts.get(1)), (short) 1);
                return switch (parts.size()) {
                    case 2 -> topic;
                    case 3 -> topic.configs(Map.of("max.message.bytes", parts.get(2)));
                    default -> throw new TypeConversionException(expected(text));
                };
            } catch (IndexOutOfBoundsException | NumberFormatException e) {
                throw new TypeConversionException(expected(text));
            }
        }

        private static String expected(String text) {
            return "a topic is NAME:PARTITIONS or NAME:PARTITIONS:BYTES, got '" + text + "'";
        }
    }
}
