package dev.iresnet.chaos.soak;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.chaos.growth.Rule;
import dev.iresnet.chaos.growth.Watched;
import dev.iresnet.chaos.harness.FlinkConfig;
import dev.iresnet.chaos.harness.JobPlan;
import dev.iresnet.chaos.harness.Setup;
import dev.iresnet.chaos.harness.Testbed;
import dev.iresnet.chaos.process.RunDirectory;
import dev.iresnet.proving.Launcher;
import dev.iresnet.proving.feed.FeedReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Everything is started; the capacity is measured; frames come at a share of it while the processes
 * are looked at every few seconds; the feed ends and the verifier says how it went.
 */
@Command(
        name = "soak",
        description = "Keeps a job under load, and says whether anything grows.",
        exitCodeList = {
            "0:everything is flat, and each frame is accounted for",
            "1:something is not; the report says what",
            "2:it could not run"
        })
public final class Soak extends LongRun {

    /** A checkpoint a second: in 20 minutes as many as in three hours with the job's default. */
    static final Conditions CONDITIONS =
            new Conditions(
                    FlinkConfig.Times.slow(Duration.ofSeconds(1)),
                    4,
                    new Rule(
                            0.25,
                            50,
                            "a row's p99 varies by about that with what else the machine does and"
                                    + " with the drains before checkpoints; a queue that builds up"
                                    + " grows by seconds"));

    @Option(
            names = "--load",
            defaultValue = "0.8",
            description =
                    "Share of the measured capacity that is fed; above 1 the job sheds"
                            + " (${DEFAULT-VALUE}).")
    private double load;

    @Option(
            names = "--max-age-millis",
            defaultValue = "2000",
            description = "The job's freshness.max-age where it sheds (${DEFAULT-VALUE}).")
    private int maxAgeMillis;

    /** Runs it, and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Launcher.exit(new Soak(), arguments);
    }

    @Override
    protected void check() {
        super.check();
        require(load > 0 && load <= 4, "--load must be above 0 and at most 4, got %s", load);
    }

    /** Options of the job while it is measured. */
    private List<String> jobOptions() {
        return load > 1 ? List.of("--freshness.max-age=%d ms".formatted(maxAgeMillis)) : List.of();
    }

    @Override
    protected ObjectNode run(RunDirectory directory) throws IOException {
        Path gcLogs = directory.directory("logs");
        say("Starting everything; logs in %s", gcLogs);
        try (Testbed testbed =
                Testbed.open(
                        Setup.of(CONDITIONS.times(), directory)
                                .withJvmOptions(Watched.jvmOptions(gcLogs)),
                        JobPlan.plain(PARALLELISM, List.of()))) {
            double capacity = measureCapacity(testbed, load);
            if (load > 1) {
                testbed.change(JobPlan.plain(PARALLELISM, jobOptions()));
            }
            return watch(
                    testbed,
                    gcLogs,
                    CONDITIONS,
                    () -> testbed.cameras().start("camera", load * capacity, seed())::stop,
                    (fed, log) ->
                            Map.of(
                                    "feed",
                                    new Fed(fed, capacity, load, load * capacity, jobOptions()),
                                    "shedByReason",
                                    testbed.job().shedByReason()));
        }
    }

    /** The feed, for the report. */
    private record Fed(
            double capacityPerSecond,
            double load,
            double ratePerSecond,
            List<String> jobOptions,
            long frames,
            Duration seconds,
            Duration mostBehindSeconds) {

        Fed(FeedReport fed, double capacity, double load, double rate, List<String> jobOptions) {
            this(capacity, load, rate, jobOptions, fed.frames(), fed.took(), fed.mostBehind());
        }
    }
}
