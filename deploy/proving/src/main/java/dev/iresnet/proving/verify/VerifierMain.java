package dev.iresnet.proving.verify;

import dev.iresnet.proving.Launcher;
import dev.iresnet.proving.broker.TopicConsumer;
import dev.iresnet.proving.manifest.ManifestTail;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The verifier as a process. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Compares the answers of a job with the manifest of what was fed to it.",
            "",
            "Start it before the feed, and feed once it has printed its line 'ready'. The manifest"
                    + " counts as complete when standard input ends, or when the file of"
                    + " --closed-by is there. It prints JSON objects, one a line; the last one is"
                    + " the verdict."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every frame was answered once and in order",
            "1:some were lost, doubled, overtaken, wrong or not known",
            "2:it could not run"
        })
public final class VerifierMain implements Callable<Integer> {

    @Option(names = "--bootstrap-servers", required = true, description = "Kafka's addresses.")
    private String bootstrapServers = "";

    @Option(names = "--output", required = true, description = "The topic of results.")
    private String output = "";

    @Option(names = "--dead-letters", required = true, description = "The topic of dead letters.")
    private String deadLetters = "";

    @Option(
            names = "--start",
            defaultValue = "earliest",
            description =
                    "Where to begin in both topics: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private TopicConsumer.Start start = TopicConsumer.Start.EARLIEST;

    @Option(names = "--manifest", required = true, description = "What was fed; may still grow.")
    private Path manifest = Path.of("");

    @Option(names = "--closed-by", description = "A file that tells by being there.")
    private @Nullable Path closedBy;

    @Option(
            names = "--labels",
            description =
                    "The network's labels, one a line; pictures in folders of such a name"
                            + " show that.")
    private @Nullable Path labels;

    @Option(
            names = "--reference",
            description =
                    "The right answers: {\"file\", \"label\", \"code\", \"firm\"}, one a line.")
    private @Nullable Path reference;

    @Option(
            names = "--clip-frames",
            description =
                    "Frames of a clip. A clip that spans more of its camera's frames, or fewer, is"
                            + " wrong.")
    private int clipFrames;

    @Option(
            names = "--clip-stride",
            defaultValue = "1",
            description = "From a clip's frame to its next, by number (${DEFAULT-VALUE}).")
    private int clipStride = 1;

    @Option(
            names = "--linger",
            defaultValue = "PT2S",
            description = "Wait for surplus answers when all are there (${DEFAULT-VALUE}).")
    private Duration linger = Duration.ZERO;

    @Option(
            names = "--idle",
            defaultValue = "PT60S",
            description = "Give up if some are outstanding and none comes (${DEFAULT-VALUE}).")
    private Duration idle = Duration.ZERO;

    @Option(
            names = "--deadline",
            defaultValue = "P1D",
            description = "Give up in any case (${DEFAULT-VALUE}).")
    private Duration deadline = Duration.ZERO;

    @Option(names = "--json", description = "Write the verdict to this file, too.")
    private @Nullable Path json;

    @Option(names = "--property", description = "KEY=VALUE for the Kafka consumer; repeatable.")
    private Map<String, String> properties = new HashMap<>();

    public static void main(String[] arguments) {
        Launcher.exit(new VerifierMain(), arguments);
    }

    @Override
    public Integer call() throws IOException {
        Truth truth = labels == null ? new Truth(Set.of()) : Truth.of(labels);
        Reference right = reference == null ? Reference.NONE : Reference.read(reference);
        Map<String, String> kafka = new HashMap<>(properties);
        kafka.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        Report report = new Report(System.out);
        try (AnswerTopics topics = AnswerTopics.open(kafka, output, deadLetters, start)) {
            Ledger ledger =
                    new Verifier(
                                    topics,
                                    new ManifestTail(manifest),
                                    closed(),
                                    InstantSource.system(),
                                    new Ledger(new ClipFrames(clipFrames, clipStride)))
                            .run(new Timeouts(linger, idle, deadline), report);
            return conclude(Audit.of(ledger, truth, right), report);
        }
    }

    private BooleanSupplier closed() {
        Path file = closedBy;
        return file == null ? EndOfInput.of(System.in) : () -> Files.exists(file);
    }

    private int conclude(Verdict verdict, Report report) {
        if (json != null) {
            report.write(verdict, json);
        }
        report.verdict(verdict);
        return verdict.isFaultless() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /** Becomes true when a stream ends, and for good. What the stream holds is passed over. */
    private static final class EndOfInput implements BooleanSupplier {
        private volatile boolean ended;

        /** Watches on a thread of its own, which does not keep the process alive. */
        static EndOfInput of(InputStream in) {
            EndOfInput end = new EndOfInput();
            Thread thread = new Thread(() -> end.drain(in), "end-of-input");
            thread.setDaemon(true);
            thread.start();
            return end;
        }

        private void drain(InputStream in) {
            try {
                in.transferTo(java.io.OutputStream.nullOutputStream());
            } catch (IOException e) {
                // A stream that cannot be read any more has ended.
            }
            ended = true;
        }

        @Override
        public boolean getAsBoolean() {
            return ended;
        }
    }
}
