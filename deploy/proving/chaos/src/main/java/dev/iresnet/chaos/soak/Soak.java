package dev.iresnet.chaos.soak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.chaos.growth.Watched;
import dev.iresnet.chaos.harness.Cameras;
import dev.iresnet.chaos.harness.FlinkConfig;
import dev.iresnet.chaos.harness.JobPlan;
import dev.iresnet.chaos.harness.ResultStream;
import dev.iresnet.chaos.harness.Scenario;
import dev.iresnet.chaos.harness.Setup;
import dev.iresnet.chaos.harness.Testbed;
import dev.iresnet.chaos.harness.Topics;
import dev.iresnet.chaos.process.RunDirectory;
import dev.iresnet.chaos.process.Waiting;
import dev.iresnet.proving.Launcher;
import dev.iresnet.proving.feed.FeedReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
public final class Soak extends Scenario {

    /** A checkpoint a second: in 20 minutes as many as in three hours with the job's default. */
    private static final FlinkConfig.Times TIMES = FlinkConfig.Times.slow(Duration.ofSeconds(1));

    private static final int PARALLELISM = 2;

    @Option(
            names = "--minutes",
            defaultValue = "20",
            description = "Of frames, a quarter of them warm-up (${DEFAULT-VALUE}).")
    private int minutes;

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

    @Option(names = "--seed", defaultValue = "1", description = "Of the feed (${DEFAULT-VALUE}).")
    private long seed;

    /** Runs it, and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Launcher.exit(new Soak(), arguments);
    }

    @Override
    protected void check() {
        require(minutes >= 1, "--minutes must be 1 or more, got %d", minutes);
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
                        Setup.of(TIMES, directory).withJvmOptions(Watched.jvmOptions(gcLogs)),
                        JobPlan.plain(PARALLELISM, List.of()))) {
            double capacity = measureCapacity(testbed, load);
            if (load > 1) {
                testbed.change(JobPlan.plain(PARALLELISM, jobOptions()));
            }
            return soak(testbed, Watched.of(testbed.cluster(), gcLogs), capacity);
        }
    }

    private ObjectNode soak(Testbed testbed, List<Watched> processes, double capacity)
            throws IOException {
        Timetable timetable = new Timetable(Instant.now(), Duration.ofMinutes(minutes));
        Log log = new Log(timetable);
        double rate = load * capacity;
        try (ResultStream results =
                ResultStream.open(testbed.cluster().bootstrapServers(), Topics.OUTPUT, log::add)) {
            Cameras.Running feed = testbed.cameras().start("camera", rate, seed);
            // well before the measured part, which a collection at its beginning would disturb
            watch(processes, timetable, log, timetable.start(timetable.warmUpRows() / 2));
            Map<String, Integer> heapsBefore = Watched.liveHeaps(processes);
            watch(processes, timetable, log, timetable.end());
            Map<String, Integer> heapsAfter = Watched.liveHeaps(processes);
            FeedReport fed = feed.stop();
            say("The feed has ended; waiting for the last answers");
            JsonNode verdict = testbed.verdict();
            Map<String, Long> shed = testbed.job().shedByReason();
            List<String> failures = testbed.failures(results);
            testbed.stop(failures);
            return new SoakReport(log, heapsBefore, heapsAfter, verdict, failures)
                    .report(command())
                    .with("checkpointIntervalSeconds", TIMES.checkpointInterval())
                    .with("feed", new Fed(fed, capacity, load, rate, jobOptions()))
                    .with("shedByReason", shed)
                    .json();
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

    private static void watch(List<Watched> processes, Timetable timetable, Log log, Instant until)
            throws IOException {
        Instant next = Instant.now();
        while (next.isBefore(until)) {
            Waiting.pause(Duration.between(Instant.now(), next));
            // one that has ended is told of at the end
            Watched.readAll(processes).forEach(log::add);
            next = next.plus(timetable.period());
        }
        Waiting.pause(Duration.between(Instant.now(), until));
    }
}
