package dev.iresnet.local.trial;

import dev.iresnet.config.ClipConfig;
import dev.iresnet.local.cluster.JobMetrics;
import dev.iresnet.local.cluster.Kafka;
import dev.iresnet.local.cluster.LocalJob;
import dev.iresnet.local.cluster.RunningJob;
import dev.iresnet.local.options.LocalOptions;
import dev.iresnet.local.process.LocalException;
import dev.iresnet.local.process.StopSignal;
import dev.iresnet.local.process.Versions;
import dev.iresnet.local.process.WorkDirectory;
import dev.iresnet.local.screen.Screen;
import dev.iresnet.local.topic.Topics;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.proving.feed.FeedReport;
import dev.iresnet.proving.feed.PictureFolder;
import dev.iresnet.proving.verify.Verdict;
import dev.iresnet.proving.verify.VerifierMain;
import dev.iresnet.proving.verify.VerifierProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Frames are played to a job and each is accounted for. */
public final class Trial implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Trial.class);

    /** What a feed may be late before its figures are doubtful. */
    private static final Duration TOLERABLE_LAG = Duration.ofMillis(100);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final int MOST_LOOKS = 30;

    private final LocalOptions options;
    private final ModelDirectory model;
    private final PictureFolder pictures;
    private final Kafka kafka;
    private final Path manifest;
    private final VerifierProcess verifier;

    private Trial(
            LocalOptions options,
            ModelDirectory model,
            PictureFolder pictures,
            Kafka kafka,
            Path manifest,
            VerifierProcess verifier) {
        this.options = options;
        this.model = model;
        this.pictures = pictures;
        this.kafka = kafka;
        this.manifest = manifest;
        this.verifier = verifier;
    }

    /**
     * Starts the verifier, which takes some seconds that the cluster needs too.
     *
     * @param work for its files
     * @param log for its log
     */
    public static Trial prepare(
            LocalOptions options,
            ModelDirectory model,
            PictureFolder pictures,
            Kafka kafka,
            WorkDirectory work,
            Path log) {
        Path manifest = options.feed().manifest().orElse(work.path().resolve("manifest.jsonl"));
        deleteOld(manifest);
        List<String> own = new ArrayList<>(List.of("--labels=" + labels(model, work)));
        own.addAll(clips(LocalJob.config(options, kafka.bootstrapServers()).clips(), model));
        VerifierProcess verifier =
                verifier(kafka, options.topics(), manifest, own, work.path(), log);
        return new Trial(options, model, pictures, kafka, manifest, verifier);
    }

    /** Returns when each frame is answered, or the verifier has waited long enough. */
    public Summary run(RunningJob job, Screen screen, StopSignal stop) {
        while (!verifier.isReady()) {
            if (!verifier.isAlive()) {
                throw new LocalException("The verifier ended before it was ready");
            }
            stop.pause(BETWEEN_LOOKS);
        }
        FeedReport report = feed(job, stop);
        closeManifest();
        if (report.mostBehind().compareTo(TOLERABLE_LAG) > 0) {
            screen.say(
                    "The feed itself was up to %d ms late: this machine is busy, and latencies include that"
                            .formatted(report.mostBehind().toMillis()));
        }
        while (verifier.isAlive()) {
            stop.pause(BETWEEN_LOOKS);
            job.requireAlive();
        }
        Verdict verdict = verdict();
        return summary(verdict, meanBatchSize(job.metrics(), verdict.labeled(), stop));
    }

    @Override
    public void close() {
        verifier.close();
    }

    /** How long clips are, where that goes by the frames' numbers. */
    private static List<String> clips(ClipConfig config, ModelDirectory model) {
        return model.card()
                .clip()
                .map(config.options()::rules)
                .filter(rules -> rules.strideTime().isZero())
                .map(
                        rules ->
                                List.of(
                                        "--clip-frames=" + rules.length(),
                                        "--clip-stride=" + rules.stride()))
                .orElse(List.of());
    }

    private static VerifierProcess verifier(
            Kafka kafka, Topics topics, Path manifest, List<String> own, Path directory, Path log) {
        Path verdict = directory.resolve("verdict.json");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-XX:+UseSerialGC",
                                "-Diresnet.log=" + log,
                                VerifierMain.class.getName()));
        command.addAll(own);
        command.addAll(
                VerifierProcess.arguments(
                        kafka.bootstrapServers(),
                        topics.output(),
                        topics.deadLetter(),
                        manifest,
                        verdict));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            return new VerifierProcess(builder.start(), verdict);
        } catch (IOException e) {
            throw new LocalException("Cannot start the verifier: " + e.getMessage(), e);
        }
    }

    private void closeManifest() {
        try {
            verifier.closeManifest();
        } catch (IOException e) {
            throw new LocalException("The verifier has ended: " + e.getMessage(), e);
        }
    }

    private Verdict verdict() {
        try {
            return Verdict.of(verifier.awaitVerdict());
        } catch (IOException e) {
            throw new LocalException("There is no verdict: " + e.getMessage(), e);
        }
    }

    private FeedReport feed(RunningJob job, StopSignal stop) {
        try (LocalFeed feed =
                LocalFeed.start(
                        options.feed(),
                        pictures,
                        LocalFeed.format(options.job().inputFormat(), options.topics().input()),
                        kafka.bootstrapServers(),
                        manifest)) {
            return feed.await(stop, job::requireAlive);
        }
    }

    /** The verifier would take a former run's frames for this one's. */
    private static void deleteOld(Path manifest) {
        try {
            Files.deleteIfExists(manifest);
        } catch (IOException e) {
            throw new LocalException("Cannot write %s (--manifest): %s".formatted(manifest, e), e);
        }
    }

    private static Path labels(ModelDirectory model, WorkDirectory work) {
        Path file = work.path().resolve("labels.txt");
        try {
            return Files.write(file, model.card().labels());
        } catch (IOException e) {
            throw new LocalException("Cannot write to %s: %s".formatted(file, e), e);
        }
    }

    private static OptionalDouble meanBatchSize(JobMetrics metrics, long labeled, StopSignal stop) {
        try {
            // Flink asks its tasks now and then, at the first question too late for its answer; and
            // tasks that were restarted have begun to count anew.
            for (int look = 0; look < MOST_LOOKS && metrics.labelled() < labeled; look++) {
                stop.pause(BETWEEN_LOOKS);
            }
            return metrics.meanBatchSize();
        } catch (IOException e) {
            LOG.warn("Flink's REST interface does not tell the job's counters", e);
            return OptionalDouble.empty();
        }
    }

    private Summary summary(Verdict verdict, OptionalDouble meanBatchSize) {
        Map<String, String> versions = new LinkedHashMap<>(Versions.all());
        versions.put("model", "%s/%d %s".formatted(model.name(), model.version(), model.digest()));
        return new Summary(verdict, meanBatchSize, versions);
    }
}
