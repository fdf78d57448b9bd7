package dev.iresnet.chaos.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.chaos.harness.Cameras;
import dev.iresnet.chaos.harness.FlinkConfig;
import dev.iresnet.chaos.harness.JobPlan;
import dev.iresnet.chaos.harness.Report;
import dev.iresnet.chaos.harness.Scenario;
import dev.iresnet.chaos.harness.Setup;
import dev.iresnet.chaos.harness.Software;
import dev.iresnet.chaos.harness.Testbed;
import dev.iresnet.chaos.harness.Topics;
import dev.iresnet.chaos.process.RunDirectory;
import dev.iresnet.chaos.process.Waiting;
import dev.iresnet.chaos.trouble.TroubledFileSystemFactory;
import dev.iresnet.proving.Launcher;
import dev.iresnet.proving.feed.FeedReport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Everything is started; the capacity is measured; frames come at a share of it and faults happen
 * to what labels them; the feed ends, the verifier says how it went, and the job is stopped.
 */
@Command(
        name = "chaos",
        description = "Breaks a running job in many ways, and accounts for each frame.",
        exitCodeList = {
            "0:everything held, and enough faults bit",
            "1:something did not hold; the report says what",
            "2:it could not run"
        })
public final class Chaos extends Scenario {

    private static final FlinkConfig.Times TIMES = FlinkConfig.Times.SHORT;
    private static final int PARALLELISM = 2;
    private static final Duration TO_COMMIT = Duration.ofSeconds(15);

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Of faults and feed (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--minutes",
            defaultValue = "10",
            description = "Of frames and faults (${DEFAULT-VALUE}).")
    private int minutes;

    @Option(names = "--faults", description = "That must have bitten; by default one a minute.")
    private @Nullable Integer faults;

    @Option(
            names = "--load",
            defaultValue = "0.6",
            description = "Share of the measured capacity that is fed (${DEFAULT-VALUE}).")
    private double load;

    @Option(
            names = "--guarantee",
            defaultValue = "exactly-once",
            description = "exactly-once, or at-least-once, which must fail (${DEFAULT-VALUE}).")
    private String guarantee = "";

    /** Runs it, and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Launcher.exit(new Chaos(), arguments);
    }

    @Override
    protected void check() {
        require(load > 0 && load <= 1, "--load must be above 0 and at most 1, got %s", load);
    }

    @Override
    protected ObjectNode run(RunDirectory directory) throws IOException {
        FlinkConfig config =
                FlinkConfig.of(TIMES, directory)
                        .withCheckpoints(
                                TroubledFileSystemFactory.SCHEME
                                        + "://"
                                        + directory.directory("checkpoints"));
        JobPlan plan =
                JobPlan.troubled(
                        config.control(),
                        PARALLELISM,
                        List.of("--delivery.guarantee=" + guarantee));
        say("Starting everything; logs in %s", directory.directory("logs"));
        try (Testbed testbed = Testbed.open(new Setup(Software.find(), directory, config), plan)) {
            double capacity = measureCapacity(testbed, load);
            Conductor conductor = new Conductor(testbed, new Schedule(seed), this::tell);
            Instant began = Instant.now();
            Instant end = began.plus(Duration.ofMinutes(minutes));
            Cameras.Running feed = testbed.cameras().start("camera", load * capacity, seed);
            List<Incident> incidents = conductor.run(end);
            Waiting.pause(Duration.between(Instant.now(), end));
            FeedReport fed = feed.stop();
            Instant ended = Instant.now();
            say("The feed has ended; waiting for the last answers");
            JsonNode verdict = testbed.verdict();
            List<String> failures = testbed.unexpectedSoFar();
            testbed.stop(failures);
            return new ChaosReport(
                            began,
                            ended,
                            incidents,
                            new Gaps(testbed.watch().sightings()),
                            new StallBound(TIMES),
                            verdict,
                            failures,
                            unreadable(testbed))
                    .json(
                            faults == null ? minutes : faults,
                            new Options(seed, minutes, guarantee),
                            new Fed(
                                    capacity,
                                    load,
                                    load * capacity,
                                    fed.frames(),
                                    fed.took(),
                                    fed.mostBehind()));
        }
    }

    /** The options that the report repeats. */
    private record Options(long seed, int minutes, String guarantee) {}

    /** The feed, for the report. */
    private record Fed(
            double capacityPerSecond,
            double load,
            double ratePerSecond,
            long frames,
            Duration seconds,
            Duration mostBehindSeconds) {}

    private static List<String> unreadable(Testbed testbed) {
        String servers = testbed.cluster().bootstrapServers();
        Waiting.within(TO_COMMIT, () -> Topics.blocked(servers).isEmpty());
        return Topics.blocked(servers);
    }

    private void tell(Incident incident) {
        say(
                "  %s %s, %s, %s; %s",
                incident.counts() ? "bit   " : "MISSED",
                incident.draw().kind(),
                incident.proof().target(),
                incident.proof().text(),
                incident.recovered()
                        .map(after -> "recovered after %.1f s".formatted(Report.seconds(after)))
                        .orElse("NOT RECOVERED"));
    }
}
