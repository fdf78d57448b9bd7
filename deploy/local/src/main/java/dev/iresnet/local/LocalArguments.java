package dev.iresnet.local;

import dev.iresnet.config.DeliveryConfig;
import dev.iresnet.config.InputConfig;
import dev.iresnet.config.OutputConfig;
import dev.iresnet.local.wall.PortRange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.util.TimeUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.IVersionProvider;
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
                + " serves), 1 when one is not, 2 when something is in the way, which a sentence"
                + " says, 130 when Ctrl-C ended a run too early.",
        })
final class LocalArguments {

    /** Of them the first free one: a second run beside the first needs no option. */
    private static final String DEFAULT_PORTS = "8081-8181";

    /** The next hundred, by the same reason. */
    private static final PortRange DEFAULT_WALL_PORTS = new PortRange(8182, 8281);

    private static final List<String> FEED_OPTIONS =
            List.of("--count", "--cameras", "--rate", "--frames", "--manifest", "--json");

    @Option(
            names = "--demo",
            paramLabel = "DEMO",
            defaultValue = "cifar10",
            description =
                    "What to show: cifar10, small pictures of ten classes by the bundled iResNet,"
                            + " or photos, photographs (or those of --frames) by a network for"
                            + " ImageNet's 1000 classes. Default: ${DEFAULT-VALUE}.")
    private Demo demo = Demo.CIFAR10;

    @Option(
            names = "--count",
            paramLabel = "N",
            description =
                    "Frames to play; 0: none, bring your own producer. Default: 500, of photos"
                            + " 100.")
    private @Nullable Integer count;

    @Option(
            names = "--cameras",
            paramLabel = "N",
            defaultValue = "4",
            description = "Cameras that the frames are dealt to. Default: ${DEFAULT-VALUE}.")
    private int cameras;

    @Option(
            names = "--rate",
            paramLabel = "PER_SECOND",
            description =
                    "Frames a second over all cameras, whether the job keeps up or not; 0: as many"
                            + " as the broker takes. Default: 100, of photos 10.")
    private @Nullable Double rate;

    @Option(
            names = "--frames",
            paramLabel = "DIR",
            description =
                    "Pictures to play (JPEG, PNG). Names of sub-directories that are labels of the"
                            + " network are taken for the truth. Default: the bundled ones.")
    private @Nullable Path frames;

    @Option(
            names = "--manifest",
            paramLabel = "FILE",
            description = "Where to write what was sent, a JSON line a frame.")
    private @Nullable Path manifest;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Model directory. Default: the demo's, see --demo.")
    private @Nullable Path model;

    @Option(
            names = "--guarantee",
            paramLabel = "GUARANTEE",
            defaultValue = "exactly-once",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private DeliveryConfig.Guarantee guarantee = DeliveryConfig.Guarantee.EXACTLY_ONCE;

    @Option(
            names = "--checkpoint-interval",
            paramLabel = "DURATION",
            defaultValue = "1s",
            converter = DurationConverter.class,
            description =
                    "How often results become visible to read-committed readers. Default:"
                            + " ${DEFAULT-VALUE}.")
    private Duration checkpointInterval = Duration.ofSeconds(1);

    @Option(
            names = "--input-format",
            paramLabel = "FORMAT",
            defaultValue = "image-event",
            description =
                    "${COMPLETION-CANDIDATES}: Avro events, or the picture itself with the camera"
                            + " as key. Default: ${DEFAULT-VALUE}.")
    private InputConfig.Format inputFormat = InputConfig.Format.IMAGE_EVENT;

    @Option(
            names = "--output-format",
            paramLabel = "FORMAT",
            defaultValue = "avro",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputConfig.Format outputFormat = OutputConfig.Format.AVRO;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Any option of the job, such as batch.max-size=32. May be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

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
                            + " They ask nobody for a login: who reaches them can cancel the job."
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

    private final Bundle bundle;

    LocalArguments(Bundle bundle) {
        this.bundle = bundle;
    }

    /**
     * @param parsed what filled the fields
     * @throws LocalException for a value out of its range, or options that exclude each other
     */
    LocalOptions options(ParseResult parsed) {
        requireOneSource(parsed);
        if (demo != Demo.CIFAR10) {
            settings.putIfAbsent("batch.max-size", Integer.toString(demo.maxBatch));
        }
        return new LocalOptions(
                Optional.ofNullable(bootstrapServers),
                topics(),
                new FeedOptions(
                        count != null ? count : demo.count,
                        cameras,
                        rate != null ? rate : demo.perSecond,
                        frames != null ? frames : bundle.frames(demo),
                        Optional.ofNullable(manifest)),
                new JobChoices(
                        model != null ? model : bundle.model(demo),
                        guarantee,
                        inputFormat,
                        outputFormat,
                        checkpointInterval,
                        settings),
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

    /** As Flink's own options are written: {@code 500 ms}, {@code 1s}. */
    static final class DurationConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            return TimeUtils.parseDuration(value);
        }
    }

    /** For {@code --version}. */
    static final class VersionProvider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"flink-iresnet " + Versions.product()};
        }
    }
}
