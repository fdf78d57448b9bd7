package dev.iresnet.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.config.JobConfig;
import dev.iresnet.job.ModelSource;
import dev.iresnet.job.SavedModelSource;
import dev.iresnet.local.cluster.ForeignBroker;
import dev.iresnet.local.cluster.Kafka;
import dev.iresnet.local.cluster.LocalBroker;
import dev.iresnet.local.cluster.LocalCluster;
import dev.iresnet.local.cluster.LocalJob;
import dev.iresnet.local.cluster.RunningJob;
import dev.iresnet.local.options.LocalOptions;
import dev.iresnet.local.process.LocalException;
import dev.iresnet.local.process.StopSignal;
import dev.iresnet.local.process.WorkDirectory;
import dev.iresnet.local.screen.Screen;
import dev.iresnet.local.screen.Watch;
import dev.iresnet.local.trial.Summary;
import dev.iresnet.local.trial.Trial;
import dev.iresnet.local.wall.CameraWall;
import dev.iresnet.local.wall.PortRange;
import dev.iresnet.model.card.ModelDirectory;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
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
     * @throws LocalException if the run cannot start or go on
     * @throws StopSignal.StoppedException if the user stopped it before its end
     */
    int run() {
        Inputs inputs = Inputs.check(options);
        ModelDirectory model = inputs.model();
        screen.say(
                "Model   %s, version %d, %d labels"
                        .formatted(model.name(), model.version(), model.card().labels().size()));
        try (WorkDirectory work = WorkDirectory.create();
                Kafka kafka = openKafka(work)) {
            return run(
                    inputs.made(work),
                    LocalJob.config(options, kafka.bootstrapServers()),
                    kafka,
                    work);
        }
    }

    private int run(Inputs inputs, JobConfig config, Kafka kafka, WorkDirectory work) {
        try (CameraWall wall = openWall(config, kafka);
                Trial trial = prepare(inputs, kafka, work);
                LocalCluster cluster = startCluster(work);
                // Before the job, so that it misses no answer.
                Watch watch = Watch.of(kafka.consumerProperties(), options.topics(), screen)) {
            RunningJob job = submit(cluster, config);
            try {
                awaitReady(job);
                watch.start();
                if (wall != null) {
                    wall.running();
                }
                if (options.keepRunning()) {
                    announce(kafka, cluster, wall);
                }
                return serve(trial, job, watch, wall);
            } finally {
                end(job, work);
            }
        }
    }

    private int serve(
            @Nullable Trial trial, RunningJob job, Watch watch, @Nullable CameraWall wall) {
        int status = LocalRun.GOOD;
        if (trial != null) {
            status = conclude(trial.run(job, screen, stop), watch);
        }
        if (options.serves()) {
            awaitStop(job, "Serving; Ctrl-C ends it");
        } else if (wall != null && options.keepsWall(screen.isTerminal())) {
            awaitStop(job, "The wall stays at %s; Ctrl-C ends it".formatted(wall.url()));
        }
        return status;
    }

    private void end(RunningJob job, WorkDirectory work) {
        if (options.bootstrapServers().isPresent()) {
            job.stopInOrder(work.directory("savepoint"));
        } else {
            job.cancel();
        }
    }

    private @Nullable Trial prepare(Inputs inputs, Kafka kafka, WorkDirectory work) {
        return inputs.pictures()
                .map(pictures -> Trial.prepare(options, inputs.model(), pictures, kafka, work, log))
                .orElse(null);
    }

    private Kafka openKafka(WorkDirectory work) {
        if (options.bootstrapServers().isPresent()) {
            return ForeignBroker.connect(options.bootstrapServers().get(), options.topics());
        }
        LocalBroker.onDeath(() -> sayThatTheBrokerDied(work), LocalRun.REFUSED);
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

    private void sayThatTheBrokerDied(WorkDirectory work) {
        screen.say(
                "The embedded broker gave up, most likely because the disk is full under %s (log: %s)"
                        .formatted(work.path(), log));
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
        work.close();
    }

    private @Nullable CameraWall openWall(JobConfig config, Kafka kafka) {
        PortRange ports = options.ports().wall().orElse(null);
        if (ports == null) {
            return null;
        }
        CameraWall wall =
                LocalWall.open(ports, config, options.topics(), kafka.consumerProperties());
        screen.say("Wall    " + wall.url());
        return wall;
    }

    private LocalCluster startCluster(WorkDirectory work) {
        LocalCluster cluster =
                LocalCluster.start(SLOTS, options.ports(), work.directory("flink"), log);
        screen.say("Flink   " + cluster.restUrl());
        return cluster;
    }

    private RunningJob submit(LocalCluster cluster, JobConfig config) {
        screen.say("Job     starting: the model is loaded and warmed");
        ModelSource model =
                options.feeds() ? new LocalJob.WarmedModelSource() : new SavedModelSource();
        return cluster.submit(LocalJob.graph(config, model, SLOTS));
    }

    private void awaitReady(RunningJob job) {
        while (!job.isReady()) {
            stop.pause(GLANCE);
        }
    }

    /** Tells a program that started this run where everything is, in one line of JSON. */
    private void announce(Kafka kafka, LocalCluster cluster, @Nullable CameraWall wall) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("bootstrapServers", kafka.bootstrapServers());
        line.putObject("topics")
                .put("input", options.topics().input())
                .put("output", options.topics().output())
                .put("deadLetter", options.topics().deadLetter());
        line.put("restUrl", cluster.restUrl().toString());
        if (wall != null) {
            line.put("wallUrl", wall.url().toString());
        }
        out.println(line);
        out.flush();
    }

    private int conclude(Summary summary, Watch watch) {
        if (!options.serves()) {
            watch.close();
        }
        screen.endLine();
        out.print(summary.text());
        out.flush();
        options.json().ifPresent(summary::writeJson);
        return summary.allAccountedFor() ? LocalRun.GOOD : LocalRun.BAD;
    }

    /** Until Ctrl-C, which is how such a run ends well. */
    private void awaitStop(RunningJob job, String sentence) {
        screen.say(sentence);
        try {
            while (true) {
                stop.pause(GLANCE);
                job.requireAlive();
            }
        } catch (StopSignal.StoppedException e) {
            LOG.info("Stopped while serving");
        }
    }
}
