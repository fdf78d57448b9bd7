package dev.iresnet.chaos.soak;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iresnet.chaos.cluster.FlinkConfig;
import dev.iresnet.chaos.cluster.Site;
import dev.iresnet.chaos.cluster.Software;
import dev.iresnet.chaos.cluster.Waiting;
import dev.iresnet.chaos.cluster.Workplace;
import dev.iresnet.chaos.gauge.Watched;
import dev.iresnet.chaos.load.Cameras;
import dev.iresnet.chaos.results.ResultStream;
import dev.iresnet.chaos.stage.JobPlan;
import dev.iresnet.chaos.stage.Stage;
import dev.iresnet.proving.feed.FeedPlan;
import dev.iresnet.proving.feed.FeedReport;
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
 * A soak: everything is started; the capacity is measured; frames come at a share of it while the
 * processes are looked at every few seconds; the feed ends and the verifier says how it went.
 */
final class SoakRun {
    /** A checkpoint a second: in 20 minutes as many as in three hours with the job's default. */
    static final FlinkConfig.Times TIMES = FlinkConfig.Times.patient(Duration.ofSeconds(1));

    private static final int PARALLELISM = 2;
    private static final Duration TO_FETCH = Duration.ofSeconds(2);
    private static final Duration TO_STOP = Duration.ofMinutes(1);

    private final SoakOptions options;
    private final Software software;
    private final Workplace workplace;
    private final PrintStream screen;

    SoakRun(SoakOptions options, Software software, Workplace workplace, PrintStream screen) {
        this.options = options;
        this.software = software;
        this.workplace = workplace;
        this.screen = screen;
    }

    SoakOutcome run() throws IOException {
        Path gcLogs = workplace.directory("logs");
        FlinkConfig config =
                new FlinkConfig(
                        TIMES,
                        workplace.directory("checkpoints").toUri().toString(),
                        workplace.directory("control"),
                        Watched.jvmOptions(gcLogs));
        screen.println("Starting everything; logs in " + gcLogs);
        try (Stage stage = Stage.open(new Site(software, workplace, config), plan(List.of()))) {
            double capacity = stage.measureCapacity();
            screen.printf(
                    "The job does %.0f frames a second here; %.0f%% of that from now on%n",
                    capacity, 100 * options.load());
            if (options.sheds()) {
                stage.change(plan(options.freshness()));
            }
            return soak(stage, Watched.of(stage.cluster(), gcLogs), capacity);
        }
    }

    private static JobPlan plan(List<String> options) {
        return new JobPlan(null, List.of(), options, PARALLELISM);
    }

    private SoakOutcome soak(Stage stage, List<Watched> processes, double capacity)
            throws IOException {
        Timetable timetable = new Timetable(Instant.now(), options.length());
        Log log = new Log(timetable);
        double rate = options.load() * capacity;
        try (ResultStream results =
                ResultStream.open(stage.cluster().bootstrapServers(), log::add)) {
            Cameras.Running feed =
                    stage.cameras().start("camera", rate, FeedPlan.UNLIMITED, options.seed());
            // well before the measured part, which a collection at its beginning would disturb
            watch(processes, timetable, log, timetable.start(timetable.warmUpRows() / 2));
            Map<String, Integer> heapBefore = liveHeaps(processes);
            watch(processes, timetable, log, timetable.end());
            Map<String, Integer> heapAfter = liveHeaps(processes);
            FeedReport report = feed.stop();
            screen.println("The feed has ended; waiting for the last answers");
            JsonNode verdict = stage.verdict();
            shed(stage);
            Waiting.pause(TO_FETCH);
            Map<String, Long> shed = shed(stage);
            return new SoakOutcome(
                    timetable,
                    capacity,
                    report,
                    log,
                    new SoakOutcome.Heaps(heapBefore, heapAfter),
                    shed,
                    verdict,
                    surprises(stage, results));
        }
    }

    private static void watch(List<Watched> processes, Timetable timetable, Log log, Instant until)
            throws IOException {
        Instant next = Instant.now();
        while (next.isBefore(until)) {
            Waiting.pause(Duration.between(Instant.now(), next));
            for (Watched one : processes) {
                // one that has ended is told of at the end
                if (one.process().isAlive()) {
                    log.add(one.name(), one.read());
                }
            }
            next = next.plus(timetable.period());
        }
        Waiting.pause(Duration.between(Instant.now(), until));
    }

    private static Map<String, Integer> liveHeaps(List<Watched> processes) throws IOException {
        Map<String, Integer> heaps = new LinkedHashMap<>();
        for (Watched one : processes) {
            if (one.process().isAlive()) {
                heaps.put(one.name(), one.liveHeapMb());
            }
        }
        return heaps;
    }

    /** Flink answers with what it last fetched, and fetches anew: the next answer has that. */
    private static Map<String, Long> shed(Stage stage) throws IOException {
        Map<String, Long> shed = new LinkedHashMap<>();
        for (String reason : List.of("AGE", "SHARE")) {
            String metric = "reason.%s.shed".formatted(reason);
            shed.put(reason, stage.scene().job().sum(metric).orElse(0));
        }
        return shed;
    }

    /** What has failed although nothing was done to it; then the job is stopped in order. */
    private static List<String> surprises(Stage stage, ResultStream results) {
        List<String> surprises = new ArrayList<>(stage.cluster().replaceEnded());
        if (!results.failure().isEmpty()) {
            surprises.add(results.failure());
        }
        try {
            String failure = stage.scene().job().failure();
            if (!failure.isEmpty()) {
                surprises.add("the job has failed: " + failure);
            }
            stage.scene().job().stopWithSavepoint(TO_STOP);
        } catch (IOException | IllegalStateException e) {
            surprises.add("the job could not be stopped in order: " + e.getMessage());
        }
        return surprises;
    }
}
