package dev.iresnet.proving.feed;

import dev.iresnet.proving.Launcher;
import dev.iresnet.proving.manifest.ManifestWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The feed as a process. */
@Command(
        name = "feed",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Plays a directory of pictures as cameras. When the last frame is acknowledged it"
                    + " prints what was fed, a JSON object in a line. Ctrl-C or SIGTERM ends it after"
                    + " the frame that is being sent, with its manifest complete."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every frame was acknowledged", "2:one could not be sent"})
public final class FeedMain implements Callable<Integer> {

    private static final Duration TO_END = Duration.ofSeconds(20);

    /** The job's {@code input.format}, from the sender's side. */
    enum Form {
        EVENT,
        IMAGE;

        FrameFormat over(String topic) {
            return switch (this) {
                case EVENT -> new EventFormat(topic);
                case IMAGE -> new ImageFormat(topic);
            };
        }
    }

    @Option(names = "--bootstrap-servers", required = true, description = "Kafka's addresses.")
    private String bootstrapServers = "";

    @Option(names = "--topic", required = true, description = "Where the frames go.")
    private String topic = "";

    @Option(names = "--frames", required = true, description = "The directory of pictures.")
    private Path frames = Path.of("");

    @Option(
            names = "--form",
            defaultValue = "event",
            description =
                    "event: an ImageEvent in Avro. image: the picture itself (${DEFAULT-VALUE}).")
    private Form form = Form.EVENT;

    @Option(names = "--cameras", defaultValue = "4", description = "How many (${DEFAULT-VALUE}).")
    private int cameras;

    @Option(
            names = "--rate",
            defaultValue = "100",
            description =
                    "Frames a second of all cameras; 0: as fast as Kafka takes them"
                            + " (${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--arrivals",
            defaultValue = "periodic",
            description =
                    "periodic: each camera has a phase of its own. poisson: gaps are exponential"
                            + " (${DEFAULT-VALUE}).")
    private FeedPlan.Spacing spacing = FeedPlan.Spacing.PERIODIC;

    @Option(names = "--count", description = "Frames to send. By default it goes on for ever.")
    private long count = FeedPlan.UNLIMITED;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Of everything that is random (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--manifest",
            description = "Where each acknowledged frame gets a line, for the verifier.")
    private @Nullable Path manifest;

    @Option(names = "--property", description = "KEY=VALUE for the Kafka producer; repeatable.")
    private Map<String, String> properties = new HashMap<>();

    public static void main(String[] arguments) {
        Launcher.exit(new FeedMain(), arguments);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        FeedPlan plan = new FeedPlan(cameras, rate, count, seed, spacing);
        PictureFolder pictures = PictureFolder.of(frames);
        Map<String, String> kafka = new HashMap<>(properties);
        kafka.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        try (Producer<byte[], byte[]> producer = FeedProducers.create(kafka)) {
            Feed feed = new Feed(pictures, form.over(topic), producer, Pace.real());
            CountDownLatch told = endInOrder(feed);
            try {
                tell(manifest == null ? feed.run(plan, frame -> {}) : feed(feed, plan, manifest));
            } finally {
                told.countDown();
            }
        }
        return CommandLine.ExitCode.OK;
    }

    /** Keeps a process that is asked to end until what it has sent is in the manifest. */
    private static CountDownLatch endInOrder(Feed feed) {
        CountDownLatch told = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    feed.stop();
                                    awaitForAWhile(told);
                                }));
        return told;
    }

    private static void awaitForAWhile(CountDownLatch told) {
        try {
            boolean inTime = told.await(TO_END.toSeconds(), TimeUnit.SECONDS);
            if (!inTime) {
                System.err.println("feed: frames were not acknowledged within " + TO_END);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static FeedReport feed(Feed feed, FeedPlan plan, Path manifest)
            throws IOException, InterruptedException {
        try (ManifestWriter writer = ManifestWriter.open(manifest)) {
            return feed.run(plan, writer::write);
        }
    }

    private static void tell(FeedReport report) {
        System.out.printf(
                "{\"frames\":%d,\"millis\":%d,\"mostBehindMillis\":%d}%n",
                report.frames(), report.took().toMillis(), report.mostBehind().toMillis());
    }
}
