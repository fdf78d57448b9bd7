package dev.iresnet.chaos.swaps;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iresnet.chaos.cluster.FlinkConfig;
import dev.iresnet.chaos.cluster.FlinkJob;
import dev.iresnet.chaos.cluster.Site;
import dev.iresnet.chaos.cluster.Software;
import dev.iresnet.chaos.cluster.Waiting;
import dev.iresnet.chaos.cluster.Workplace;
import dev.iresnet.chaos.load.Cameras;
import dev.iresnet.chaos.stage.JobPlan;
import dev.iresnet.chaos.stage.Stage;
import dev.iresnet.chaos.stage.Subject;
import dev.iresnet.proving.feed.FeedPlan;
import dev.iresnet.proving.feed.PictureFolder;
import dev.iresnet.proving.manifest.ManifestEntry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A run: versions are made, the job starts with the first of them, its capacity is measured; then
 * frames come at a share of it, while one version after the other is published.
 */
final class SwapsRun {
    private static final FlinkConfig.Times TIMES = FlinkConfig.Times.patient(Duration.ofSeconds(1));

    private static final int PARALLELISM = 2;
    private static final Duration TO_SEE_RESULTS = Duration.ofMinutes(1);

    private final SwapsOptions options;
    private final Software software;
    private final Workplace workplace;
    private final PrintStream screen;

    SwapsRun(SwapsOptions options, Software software, Workplace workplace, PrintStream screen) {
        this.options = options;
        this.software = software;
        this.workplace = workplace;
        this.screen = screen;
    }

    SwapsOutcome run() throws IOException {
        FlinkConfig config =
                new FlinkConfig(
                        TIMES,
                        workplace.directory("checkpoints").toUri().toString(),
                        workplace.directory("control"));
        Site site = new Site(software, workplace, config);
        screen.printf(
                "Making %d versions; logs in %s%n",
                options.soundVersions(), workplace.directory("logs"));
        KnownVersions known = KnownVersions.make(site, options.soundVersions());
        LiveModel live =
                new LiveModel(
                        workplace.directory("live").resolve(software.model().getFileName()),
                        workplace.directory("aside"));
        Publisher publisher = new Publisher(options, known, live);
        publisher.publishFirst();
        PictureFolder pictures = PictureFolder.of(software.frames());
        Path reference = known.writeReference(workplace.file("swaps-reference.jsonl"), pictures);
        JobPlan plan =
                new JobPlan(null, List.of(), List.of("--model.watch-interval=1 s"), PARALLELISM);
        try (Stage stage = Stage.open(site, plan, new Subject(live.directory(), reference))) {
            return swaps(stage, known, publisher);
        }
    }

    private SwapsOutcome swaps(Stage stage, KnownVersions known, Publisher publisher)
            throws IOException {
        double capacity = stage.measureCapacity();
        double rate = options.load() * capacity;
        screen.printf(
                "The job does %.0f frames a second here; %.0f%% of that from now on%n",
                capacity, 100 * options.load());
        try (LabelledStream results = new LabelledStream(stage.cluster().bootstrapServers())) {
            Instant began = Instant.now();
            Cameras.Running feed =
                    stage.cameras().start("camera", rate, FeedPlan.UNLIMITED, options.times());
            Waiting.pause(options.steady());
            List<Change> changes = publisher.publishAll(stage.scene().job(), screen);
            feed.stop();
            Instant ended = Instant.now();
            JsonNode verdict = stage.verdict();
            Waiting.until("the last results", TO_SEE_RESULTS, () -> stage.uncommitted() <= 0);
            Waiting.pause(Duration.ofSeconds(1));
            return new SwapsOutcome(
                    new SwapsOutcome.Pace(began, ended, capacity, rate),
                    changes,
                    findings(results.seen(), changes, known, publisher),
                    verdict,
                    surprises(stage, results));
        }
    }

    private SwapsOutcome.Findings findings(
            List<Labelled> results, List<Change> changes, KnownVersions known, Publisher publisher)
            throws IOException {
        ScoreAudit scores = new ScoreAudit(known, publisher.digests(), files());
        Succession succession = new Succession(Publisher.FIRST, changes);
        ChangeLatencies latencies = new ChangeLatencies(changes);
        for (Labelled result : results) {
            scores.see(result);
            succession.see(result);
            latencies.see(result);
        }
        succession.judge();
        return new SwapsOutcome.Findings(scores, succession, latencies, known.leastDifference());
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> files = new HashMap<>();
        for (String line : Files.readAllLines(workplace.file("manifest.jsonl"))) {
            ManifestEntry entry = ManifestEntry.fromJson(line);
            files.put(entry.eventId(), entry.file());
        }
        return files;
    }

    private static List<String> surprises(Stage stage, LabelledStream results) throws IOException {
        List<String> surprises = new ArrayList<>(stage.cluster().replaceEnded());
        FlinkJob job = stage.scene().job();
        if (!job.failure().isEmpty()) {
            surprises.add("the job has failed: " + job.failure());
        }
        if (!results.failure().isEmpty()) {
            surprises.add(results.failure());
        }
        return surprises;
    }
}
