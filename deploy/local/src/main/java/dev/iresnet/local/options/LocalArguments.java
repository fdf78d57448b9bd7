package dev.iresnet.local.options;

import dev.iresnet.local.process.LocalException;
import dev.iresnet.local.process.Versions;
import dev.iresnet.local.topic.Topics;
import dev.iresnet.local.wall.PortRange;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** The command line. Picocli fills the fields; {@link #options} makes a value of them. */
@Command(
        name = "deploy/local/run",
        sortOptions = false,
        usageHelpAutoWidth = true,
        mixinStandardHelpOptions = true,
        versionProvider = LocalArguments.VersionProvider.class,
        header = "Labels camera frames inside a Flink job, from Kafka to Kafka, on this machine.",
        description = {
            "",
            "Starts a Kafka broker and a Flink cluster with its web UI in one process, plays"
                    + " pictures as several cameras, and accounts for each frame with a verifier in a"
                    + " process of its own. The job is the one that runs on a cluster.",
            ""
        },
        footer = {
            "",
            "Exit status: 0 when every frame is accounted for (or Ctrl-C ended a run that only"
                    + " serves), 1 when one is not, 2 when the run cannot start or go on, which a"
                    + " message explains, 130 when Ctrl-C ended a run too early.",
        })
public final class LocalArguments {

    /** Of them the first free one: a second run beside the first needs no option. */
    private static final String DEFAULT_PORTS = "8081-8181";

    /** The next hundred, by the same reason. */
    private static final PortRange DEFAULT_WALL_PORTS = new PortRange(8182, 8281);

    private static final List<String> FEED_OPTIONS =
            List.of("--count", "--cameras", "--rate", "--frames", "--manifest", "--json");

    @Mixin private FeedArguments feed = new FeedArguments();

    @Mixin private JobArguments job = new JobArguments();

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description =
                    "Your own broker; then there is no feed and no verifier, and the run ends with"
                            + " Ctrl-C.")
    private @Nullable String bootstrapServers;

    @Option(
            names = "--input",
            paramLabel = "TOPIC",
            defaultValue = "image-events",
            description = "Default: ${DEFAULT-VALUE}.")
    private String input = "";

    @Option(
            names = "--output",
            paramLabel = "TOPIC",
            defaultValue = "labeled-results",
            description = "Default: ${DEFAULT-VALUE}.")
    private String output = "";

    @Option(
            names = "--dead-letter",
            paramLabel = "TOPIC",
            description = "Default: the input topic's name and .dlq.")
    private @Nullable String deadLetter;

    @Option(
            names = "--keep-running",
            description =
                    "Go on serving after the feed, until Ctrl-C. Prints one JSON line when ready:"
                            + " bootstrapServers, topics, restUrl.")
    private boolean keepRunning;

    @Option(
            names = "--exit",
            description = "End after the summary; on a terminal the wall else stays open.")
    private boolean exit;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the summary there too.")
    private @Nullable Path json;

    @Option(
            names = "--port",
            paramLabel = "N",
            description =
                    "Of Flink's REST interface and web UI. Default: the first free one of "
                            + DEFAULT_PORTS
                            + ".")
    private @Nullable Integer port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = Ports.LOOPBACK,
            description =
                    "The address that Flink's REST interface and web UI listen on; 0.0.0.0 is all."
                            + " They have no login: anyone who reaches them can cancel the job."
                            + " All else listens on 127.0.0.1 alone. Default: ${DEFAULT-VALUE}.")
    private String bind = Ports.LOOPBACK;

    @Option(
            names = "--wall-port",
            paramLabel = "N",
            description =
                    "Of the camera wall, a page with the newest frame of each camera. Default: the"
                            + " first free one of 8182-8281.")
    private @Nullable Integer wallPort;

    @Option(names = "--no-wall", description = "No camera wall.")
    private boolean noWall;

    private final Demo.Bundle bundle;

    public LocalArguments(Demo.Bundle bundle) {
        this.bundle = bundle;
    }

    /**
     * The values that the user gave, and defaults.
     *
     * @param parsed what filled the fields
     * @throws LocalException for a value out of its range, or options that exclude each other
     */
    public LocalOptions options(ParseResult parsed) {
        requireOneSource(parsed);
        return new LocalOptions(
                Optional.ofNullable(bootstrapServers),
                topics(),
                feed.options(bundle),
                job.options(feed.demo(), bundle),
                new Ports(
                        bind,
                        port == null ? DEFAULT_PORTS : checked("--port", port).toString(),
                        wallPorts()),
                keepRunning,
                exit,
                Optional.ofNullable(json));
    }

    private Optional<PortRange> wallPorts() {
        if (noWall && wallPort != null) {
            throw new LocalException("--wall-port and --no-wall exclude each other");
        }
        if (noWall) {
            return Optional.empty();
        }
        return Optional.of(
                wallPort == null
                        ? DEFAULT_WALL_PORTS
                        : PortRange.of(checked("--wall-port", wallPort)));
    }

    private static Integer checked(String option, Integer port) {
        if (port < 1 || port > 65535) {
            throw new LocalException(option + " must be 1..65535, got " + port);
        }
        return port;
    }

    private void requireOneSource(ParseResult parsed) {
        if (bootstrapServers == null) {
            return;
        }
        for (String option : FEED_OPTIONS) {
            if (parsed.hasMatchedOption(option)) {
                throw new LocalException(
                        "%s is for the feed, and with --bootstrap-servers there is none: the frames are those in your topic"
                                .formatted(option));
            }
        }
    }

    private Topics topics() {
        return new Topics(input, output, deadLetter != null ? deadLetter : input + ".dlq");
    }

    /** For {@code --version}. */
    public static final class VersionProvider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"flink-iresnet " + Versions.product()};
        }
    }
}
