package dev.iresnet.chaos.resubmit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iresnet.chaos.cluster.FlinkConfig;
import dev.iresnet.chaos.cluster.FlinkJob;
import dev.iresnet.chaos.cluster.Scene;
import dev.iresnet.chaos.cluster.Site;
import dev.iresnet.chaos.cluster.Software;
import dev.iresnet.chaos.cluster.Waiting;
import dev.iresnet.chaos.cluster.Workplace;
import dev.iresnet.chaos.gauge.Reading;
import dev.iresnet.chaos.gauge.Watched;
import dev.iresnet.chaos.load.Cameras;
import dev.iresnet.chaos.stage.JobPlan;
import dev.iresnet.chaos.stage.Stage;
import dev.iresnet.proving.feed.FeedPlan;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run: frames come all the while; the job is cancelled with some under way, and submitted again
 * from its last checkpoint; in between, the processes of the cluster are looked at.
 */
final class ResubmitRun {
    private static final FlinkConfig.Times TIMES = FlinkConfig.Times.patient(Duration.ofSeconds(1));
    private static final int PARALLELISM = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** In which threads and connections of a cancelled job end, and Flink fetches metrics. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private final ResubmitOptions options;
    private final Software software;
    private final Workplace workplace;
    private final PrintStream screen;

    ResubmitRun(
            ResubmitOptions options, Software software, Workplace workplace, PrintStream screen) {
        this.options = options;
        this.software = software;
        this.workplace = workplace;
        this.screen = screen;
    }

    ResubmitOutcome run() throws IOException {
        Path gcLogs = workplace.directory("logs");
        List<String> jvmOptions = new ArrayList<>(Watched.jvmOptions(gcLogs));
        // what is softly reachable only may not pass for a leak
        jvmOptions.add("-XX:SoftRefLRUPolicyMSPerMB=0");
        FlinkConfig config =
                new FlinkConfig(
                        TIMES,
                        workplace.directory("checkpoints").toUri().toString(),
                        workplace.directory("control"),
                        jvmOptions);
        screen.println("Starting everything; logs in " + gcLogs);
        JobPlan plan = new JobPlan(null, List.of(), List.of(), PARALLELISM);
        try (Stage stage = Stage.open(new Site(software, workplace, config), plan)) {
            return rounds(stage, Watched.of(stage.cluster(), gcLogs));
        }
    }

    private ResubmitOutcome rounds(Stage stage, List<Watched> processes) throws IOException {
        Instant began = Instant.now();
        Cameras.Running feed =
                stage.cameras()
                        .start(
                                "camera",
                                options.ratePerSecond(),
                                FeedPlan.UNLIMITED,
                                options.times());
        List<Round> rounds = new ArrayList<>();
        for (int i = 1; i <= options.times() && allAlive(processes); i++) {
            Round round = round(stage, processes);
            rounds.add(round);
            screen.printf("  %d of %d: job %s cancelled%n", i, options.times(), round.jobId());
        }
        awaitAnswers(stage);
        feed.stop();
        JsonNode verdict = stage.verdict();
        List<String> surprises = stage.cluster().replaceEnded();
        stage.scene().job().stopWithSavepoint(PATIENCE);
        return new ResubmitOutcome(began, Instant.now(), rounds, verdict, surprises);
    }

    private static boolean allAlive(List<Watched> processes) {
        return processes.stream().allMatch(one -> one.process().isAlive());
    }

    private Round round(Stage stage, List<Watched> processes) throws IOException {
        long before = stage.watch().answers();
        awaitAnswers(stage);
        Scene scene = stage.scene();
        FlinkJob job = scene.job();
        long uncommitted = stage.uncommitted();
        job.cancel(PATIENCE);
        Instant cancelled = Instant.now();
        String checkpoint =
                job.newestCheckpoint()
                        .orElseThrow(() -> new IllegalStateException("no checkpoint is kept"));
        liveHeaps(processes);
        Waiting.pause(SETTLED);
        // what finalizers and cleaners have let go since the first collection goes with the second
        Map<String, Integer> heaps = liveHeaps(processes);
        for (Watched one : processes) {
            one.trimNativeHeap();
        }
        readings(processes);
        Waiting.pause(SETTLED);
        Map<String, Reading> readings = readings(processes);
        long answered = stage.watch().answers() - before;
        scene.resubmit(scene.parallelism(), checkpoint);
        scene.job().awaitRunning(PATIENCE);
        return new Round(job.id(), cancelled, answered, uncommitted, readings, heaps);
    }

    private static Map<String, Integer> liveHeaps(List<Watched> processes) throws IOException {
        Map<String, Integer> heaps = new LinkedHashMap<>();
        for (Watched one : processes) {
            heaps.put(one.name(), one.liveHeapMb());
        }
        return heaps;
    }

    /** Flink answers with what it last fetched, and fetches anew: the next answer has that. */
    private static Map<String, Reading> readings(List<Watched> processes) throws IOException {
        Map<String, Reading> readings = new LinkedHashMap<>();
        for (Watched one : processes) {
            readings.put(one.name(), one.read());
        }
        return readings;
    }

    private void awaitAnswers(Stage stage) {
        long enough = stage.watch().answers() + options.frames();
        Waiting.until(
                "%d answers".formatted(options.frames()),
                PATIENCE,
                () -> stage.watch().answers() >= enough);
    }
}
