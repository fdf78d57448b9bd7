package dev.iresnet.local;

import dev.iresnet.model.ModelDirectory;
import dev.iresnet.model.ModelException;
import dev.iresnet.proving.feed.PictureFolder;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run, from nothing to nothing: what it starts it closes, in the reverse order.
 *
 * <ol>
 *   <li>Model and pictures are looked at: what is wrong with them is said before anything starts.
 *   <li>Broker and topics, unless they are the user's; then Flink; then the job.
 *   <li>Once each task runs, the model loaded, the cameras begin, and the verifier in its process.
 *   <li>When the verifier has seen what became of each frame, the summary.
 * </ol>
 */
final class LocalSession {

    private static final Logger LOG = LoggerFactory.getLogger(LocalSession.class);

    private static final int SLOTS = 2;
    private static final Duration GLANCE = Duration.ofMillis(100);

    private final LocalOptions options;
    private final Path log;
    private final PrintStream out;
    private final Screen screen;
    private final StopSignal stop;

    /**
     * @param log of this process, which the web UI shows and the verifier adds to
     * @param out for what programs read
     */
    LocalSession(LocalOptions options, Path log, PrintStream out, Screen screen, StopSignal stop) {
        this.options = options;
        this.log = log;
        this.out = out;
        this.screen = screen;
        this.stop = stop;
    }

    /**
     * Returns the exit status.
     *
     * @throws LocalException if something is in the way
     * @throws StoppedException if the user stopped it before its end
     */
    int run() {
        OutputFiles.require("--json", options.json());
        OutputFiles.require("--manifest", options.feed().manifest());
        LocalJob.config(options, "not-started-yet:9092");
        ModelDirectory model = openModel();
        Optional<PictureFolder> pictures =
                options.feeds()
                        ? Optional.of(LocalFeed.pictures(options.feed().frames()))
                        : Optional.empty();
        screen.say(
                "Model   %s, version %d, %d labels"
                        .formatted(model.name(), model.version(), model.card().labels().size()));
        try (WorkDirectory work = WorkDirectory.create();
                Kafka kafka = openKafka(work);
                Trial trial = prepare(model, pictures, kafka, work);
                LocalCluster cluster = startCluster(work)) {
            return run(kafka, trial, cluster, work);
        }
    }

    private int run(Kafka kafka, @Nullable Trial trial, LocalCluster cluster, WorkDirectory work) {
        RunningJob job = submit(cluster, kafka);
        try (Watch watch = Watch.start(kafka.consumerProperties(), options.topics(), screen)) {
            if (options.keepRunning()) {
                out.println(
                        ReadyLine.of(
                                kafka.bootstrapServers(), options.topics(), cluster.restUrl()));
            }
            int status =
                    trial == null
                            ? LocalRun.GOOD
                            : conclude(trial.run(job, screen, stop), watch);
            if (options.serves()) {
                serve(job);
            }
            return status;
        } finally {
            if (options.bootstrapServers().isPresent()) {
                job.stopInOrder(work.directory("savepoint"));
            } else {
                job.cancel();
            }
        }
    }

    private @Nullable Trial prepare(
            ModelDirectory model,
            Optional<PictureFolder> pictures,
            Kafka kafka,
            WorkDirectory work) {
        return pictures.isEmpty()
                ? null
                : Trial.prepare(options, model, pictures.get(), kafka, work, log);
    }

    private ModelDirectory openModel() {
        try {
            return ModelDirectory.open(options.job().model());
        } catch (ModelException e) {
            throw new LocalException("--model: " + e.getMessage(), e);
        }
    }

    private Kafka openKafka(WorkDirectory work) {
        if (options.bootstrapServers().isPresent()) {
            return ForeignBroker.connect(options.bootstrapServers().get(), options.topics());
        }
        BrokerDeath.install(work, screen, log);
        Kafka kafka = LocalBroker.start(options.topics(), work.directory("kafka"));
        screen.say(
                "Kafka   %s, topics %s, %s, %s"
                        .formatted(
                                kafka.bootstrapServers(),
                                options.topics().input(),
                                options.topics().output(),
                                options.topics().deadLetter()));
        return kafka;
    }

    private LocalCluster startCluster(WorkDirectory work) {
        LocalCluster cluster =
                LocalCluster.start(SLOTS, options.ports(), work.directory("flink"), log);
        screen.say("Flink   " + cluster.restUrl());
        return cluster;
    }

    private RunningJob submit(LocalCluster cluster, Kafka kafka) {
        screen.say("Job     starting: the model is loaded and warmed");
        RunningJob job =
                cluster.submit(
                        LocalJob.graph(LocalJob.config(options, kafka.bootstrapServers()), SLOTS));
        while (!job.isReady()) {
            stop.pause(GLANCE);
        }
        return job;
    }

    private int conclude(Summary summary, Watch watch) {
        if (!options.serves()) {
            watch.close();
        }
        screen.endLine();
        out.print(SummaryText.of(summary));
        out.flush();
        options.json().ifPresent(file -> SummaryJson.write(summary, file));
        return summary.allAccountedFor() ? LocalRun.GOOD : LocalRun.BAD;
    }

    /** Until Ctrl-C, which is how such a run ends well. */
    private void serve(RunningJob job) {
        screen.say("Serving; Ctrl-C ends it");
        try {
            while (true) {
                stop.pause(GLANCE);
                job.requireAlive();
            }
        } catch (StoppedException e) {
            LOG.info("Stopped while serving");
        }
    }
}
