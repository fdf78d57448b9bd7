package dev.iresnet.chaos.swaps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.chaos.harness.Cameras;
import dev.iresnet.chaos.harness.FlinkConfig;
import dev.iresnet.chaos.harness.JobPlan;
import dev.iresnet.chaos.harness.ResultStream;
import dev.iresnet.chaos.harness.Scenario;
import dev.iresnet.chaos.harness.Setup;
import dev.iresnet.chaos.harness.Software;
import dev.iresnet.chaos.harness.Testbed;
import dev.iresnet.chaos.harness.Topics;
import dev.iresnet.chaos.process.RunDirectory;
import dev.iresnet.chaos.process.Waiting;
import dev.iresnet.proving.Launcher;
import dev.iresnet.proving.feed.PictureFolder;
import dev.iresnet.proving.manifest.ManifestTail;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Versions are made, the job starts with the first of them, its capacity is measured; then frames
 * come at a share of it, while one version after the other is published.
 */
@Command(
        name = "swaps",
        description =
                "Publishes versions of a model while frames flow, every third of them broken, and"
                        + " holds each result's scores against the version that it claims.",
        exitCodeList = {
            "0:each frame is answered once, by the version that its result names",
            "1:something did not hold; the report says what",
            "2:it could not run"
        })
public final class Swaps extends Scenario {

    private static final FlinkConfig.Times TIMES = FlinkConfig.Times.slow(Duration.ofSeconds(1));
    private static final int PARALLELISM = 2;
    private static final Duration TO_SEE_RESULTS = Duration.ofMinutes(1);
    private static final int BROKEN_EVERY = 3;
    private static final int ROLLED_BACK_EVERY = 10;

    @Option(
            names = "--times",
            defaultValue = "200",
            description = "That a version is published (${DEFAULT-VALUE}).")
    private int times;

    @Option(
            names = "--load",
            defaultValue = "0.3",
            description = "Share of the measured capacity that is fed (${DEFAULT-VALUE}).")
    private double load;

    @Option(
            names = "--steady",
            defaultValue = "60",
            description = "Seconds before the first version (${DEFAULT-VALUE}).")
    private int steady;

    @Option(
            names = "--calm",
            defaultValue = "2",
            description = "Seconds between two versions (${DEFAULT-VALUE}).")
    private int calm;

    /** Runs it, and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Launcher.exit(new Swaps(), arguments);
    }

    @Override
    protected void check() {
        require(
                times >= BROKEN_EVERY && load > 0 && load <= 1,
                "--times must be %d or more and --load above 0 and at most 1, got %d and %s",
                BROKEN_EVERY,
                times,
                load);
    }

    /** That a version is published; every third is a broken one. */
    int times() {
        return times;
    }

    /** Between two versions. */
    Duration calm() {
        return Duration.ofSeconds(calm);
    }

    static boolean isBroken(int attempt) {
        return attempt % BROKEN_EVERY == 0;
    }

    /** Whether the version before is pinned after that attempt, and let go again. */
    static boolean isRolledBack(int attempt) {
        return attempt % ROLLED_BACK_EVERY == ROLLED_BACK_EVERY / 2;
    }

    @Override
    protected ObjectNode run(RunDirectory directory) throws IOException {
        Setup setup = Setup.of(TIMES, directory);
        Software software = setup.software();
        int sound = 1 + times - times / BROKEN_EVERY;
        say("Making %d versions; logs in %s", sound, directory.directory("logs"));
        KnownVersions known = KnownVersions.make(setup, sound);
        LiveModel live =
                new LiveModel(
                        directory.directory("live").resolve(software.model().getFileName()),
                        directory.directory("aside"));
        Publisher publisher = new Publisher(this, known, live);
        publisher.publishFirst();
        Path reference =
                known.writeReference(
                        directory.file("swaps-reference.jsonl"),
                        PictureFolder.of(software.frames()));
        JobPlan plan = JobPlan.plain(PARALLELISM, List.of("--model.watch-interval=1 s"));
        try (Testbed testbed = Testbed.open(setup, plan, live.directory(), reference)) {
            return swap(testbed, known, publisher, sound);
        }
    }

    private ObjectNode swap(
            Testbed testbed, KnownVersions known, Publisher publisher, int soundVersions)
            throws IOException {
        double capacity = measureCapacity(testbed, load);
        List<Labelled> seen = Collections.synchronizedList(new ArrayList<>());
        try (ResultStream results =
                ResultStream.open(
                        testbed.cluster().bootstrapServers(),
                        Topics.OUTPUT,
                        result -> seen.add(Labelled.of(result)))) {
            Instant began = Instant.now();
            Cameras.Running feed = testbed.cameras().start("camera", load * capacity, times);
            Waiting.pause(Duration.ofSeconds(steady));
            List<Change> changes = publisher.publishAll(testbed.job(), screen);
            feed.stop();
            Instant ended = Instant.now();
            JsonNode verdict = testbed.verdict();
            Waiting.until("the last results", TO_SEE_RESULTS, () -> testbed.uncommitted() <= 0);
            Waiting.pause(Duration.ofSeconds(1));
            List<Labelled> labelled = List.copyOf(seen);
            ScoreAudit scores =
                    new ScoreAudit(
                            known, publisher.digests(), pictures(testbed.setup().directory()));
            Succession succession = new Succession(Publisher.FIRST, changes);
            labelled.forEach(scores::see);
            labelled.forEach(succession::see);
            succession.judge();
            return new SwapsReport(
                            soundVersions,
                            changes,
                            scores,
                            succession,
                            known.leastDifference(),
                            verdict,
                            testbed.failures(results))
                    .report(command(), began, ended, labelled)
                    .with("capacityPerSecond", capacity)
                    .with("load", load)
                    .with("ratePerSecond", load * capacity)
                    .json();
        }
    }

    /** Files of pictures by event id. */
    private static Map<String, String> pictures(RunDirectory directory) throws IOException {
        Map<String, String> files = new HashMap<>();
        ManifestTail.readAll(directory.file("manifest.jsonl"))
                .forEach(entry -> files.put(entry.eventId(), entry.file()));
        return files;
    }
}
