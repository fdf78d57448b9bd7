package dev.iresnet.chaos.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iresnet.chaos.cluster.FlinkConfig;
import dev.iresnet.chaos.cluster.Site;
import dev.iresnet.chaos.cluster.Software;
import dev.iresnet.chaos.cluster.Waiting;
import dev.iresnet.chaos.cluster.Workplace;
import dev.iresnet.chaos.fault.Faults;
import dev.iresnet.chaos.fault.Schedule;
import dev.iresnet.chaos.job.TroubledJob;
import dev.iresnet.chaos.load.Cameras;
import dev.iresnet.chaos.stage.CommittedEnds;
import dev.iresnet.chaos.stage.JobPlan;
import dev.iresnet.chaos.stage.Stage;
import dev.iresnet.chaos.storage.TroubledFileSystemFactory;
import dev.iresnet.proving.feed.FeedPlan;
import dev.iresnet.proving.feed.FeedReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A run: everything is started; the capacity is measured; frames come at a share of it and faults
 * happen to what labels them; the feed ends, the verifier says how it went, and the job is stopped.
 */
final class ChaosRun {
    private static final int PARALLELISM = 2;
    private static final Duration TO_STOP = Duration.ofMinutes(1);
    private static final Duration TO_COMMIT = Duration.ofSeconds(15);

    private final ChaosOptions options;
    private final Software software;
    private final Workplace workplace;
    private final PrintStream screen;

    ChaosRun(ChaosOptions options, Software software, Workplace workplace, PrintStream screen) {
        this.options = options;
        this.software = software;
        this.workplace = workplace;
        this.screen = screen;
    }

    Outcome run(FlinkConfig.Times times) {
        Path control = workplace.directory("control");
        FlinkConfig config =
                new FlinkConfig(
                        times,
                        TroubledFileSystemFactory.SCHEME
                                + "://"
                                + workplace.directory("checkpoints"),
                        control);
        JobPlan plan =
                new JobPlan(
                        TroubledJob.class.getName(),
                        List.of(control.toString()),
                        List.of("--delivery.guarantee=" + options.guarantee()),
                        PARALLELISM);
        screen.println("Starting everything; logs in " + workplace.directory("logs"));
        try (Stage stage = Stage.open(new Site(software, workplace, config), plan)) {
            double capacity = stage.measureCapacity();
            screen.printf(
                    "The job does %.0f frames a second here; %.0f%% of that from now on%n",
                    capacity, 100 * options.load());
            Faults faults = new Faults(stage.scene(), control, Stage.SLOTS);
            Conductor conductor =
                    new Conductor(stage, faults, new Schedule(options.seed()), this::tell);
            return conduct(stage, conductor, capacity);
        }
    }

    private Outcome conduct(Stage stage, Conductor conductor, double capacity) {
        Instant began = Instant.now();
        Cameras.Running feed =
                stage.cameras()
                        .start(
                                "camera",
                                options.load() * capacity,
                                FeedPlan.UNLIMITED,
                                options.seed());
        List<Incident> incidents = conductor.run(began.plus(options.length()));
        Waiting.pause(Duration.between(Instant.now(), began.plus(options.length())));
        FeedReport report = feed.stop();
        Instant ended = Instant.now();
        screen.println("The feed has ended; waiting for the last answers");
        JsonNode verdict = stage.verdict();
        List<String> surprises = new ArrayList<>(stage.scene().surprises());
        if (!stage.watch().failure().isEmpty()) {
            surprises.add(stage.watch().failure());
        }
        stop(stage, surprises);
        return new Outcome(
                began,
                ended,
                capacity,
                report,
                incidents,
                new Gaps(stage.watch().sightings()),
                verdict,
                surprises,
                blocked(stage));
    }

    /** In order, after which nothing may be left open. */
    private static void stop(Stage stage, List<String> surprises) {
        try {
            stage.scene().job().stopWithSavepoint(TO_STOP);
        } catch (IOException | IllegalStateException e) {
            surprises.add("the job could not be stopped in order: " + e.getMessage());
        }
    }

    private static List<String> blocked(Stage stage) {
        String servers = stage.cluster().bootstrapServers();
        Waiting.within(TO_COMMIT, () -> CommittedEnds.blocked(servers).isEmpty());
        return CommittedEnds.blocked(servers);
    }

    private void tell(Incident incident) {
        screen.printf(
                "  %s %s, %s, %s; %s%n",
                incident.counts() ? "bit   " : "MISSED",
                incident.draw().kind(),
                incident.proof().target(),
                incident.proof().text(),
                incident.recovered()
                        .map(after -> "recovered after %.1f s".formatted(Seconds.of(after)))
                        .orElse("NOT RECOVERED"));
    }
}
