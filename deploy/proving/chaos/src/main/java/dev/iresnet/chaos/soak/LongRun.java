package dev.iresnet.chaos.soak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.chaos.growth.Rule;
import dev.iresnet.chaos.growth.Watched;
import dev.iresnet.chaos.harness.FlinkConfig;
import dev.iresnet.chaos.harness.FlinkJob;
import dev.iresnet.chaos.harness.Report;
import dev.iresnet.chaos.harness.ResultStream;
import dev.iresnet.chaos.harness.Scenario;
import dev.iresnet.chaos.harness.Testbed;
import dev.iresnet.chaos.harness.Topics;
import dev.iresnet.chaos.process.Waiting;
import dev.iresnet.proving.feed.FeedReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/**
 * Frames come while the processes and the job's checkpoints are looked at every few seconds; the
 * feed ends and the verifier says how it went.
 */
abstract class LongRun extends Scenario {
    static final int PARALLELISM = 2;

    @Option(names = "--minutes", defaultValue = "20", description = "Of frames (${DEFAULT-VALUE}).")
    private int minutes;

    @Option(names = "--seed", defaultValue = "1", description = "Of the feed (${DEFAULT-VALUE}).")
    private long seed;

    /**
     * Under which it is looked at.
     *
     * @param warmUp one of so many parts of the time
     * @param fresh rule for the p99 of fresh frames
     */
    record Conditions(FlinkConfig.Times times, int warmUp, Rule fresh) {}

    /** For the report, once all is answered; the job still runs. */
    interface Figures {
        Map<String, Object> of(FeedReport fed, Log log) throws IOException;
    }

    @Override
    protected void check() {
        require(minutes >= 1, "--minutes must be 1 or more, got %d", minutes);
    }

    final Duration length() {
        return Duration.ofMinutes(minutes);
    }

    final long seed() {
        return seed;
    }

    /**
     * Feeds the job, and looks at it.
     *
     * @param begin begins to feed; what that gives ends the feed, or waits for its end
     */
    final ObjectNode watch(
            Testbed testbed,
            Path gcLogs,
            Conditions conditions,
            Supplier<Supplier<FeedReport>> begin,
            Figures figures)
            throws IOException {
        List<Watched> processes = Watched.of(testbed.cluster(), gcLogs);
        Timetable timetable = new Timetable(Instant.now(), length(), conditions.warmUp());
        Log log = new Log(timetable);
        long failedBefore = testbed.job().failedCheckpoints();
        Looks looks = new Looks(processes, testbed.job(), new Checkpoints(), log);
        try (ResultStream results =
                ResultStream.open(testbed.cluster().bootstrapServers(), Topics.OUTPUT, log::add)) {
            Supplier<FeedReport> feed = begin.get();
            // well before the measured part, which a collection at its beginning would disturb
            looks.until(timetable.start(timetable.warmUpRows() / 2));
            Map<String, Integer> heapsBefore = Watched.liveHeaps(processes);
            looks.until(timetable.end());
            Map<String, Integer> heapsAfter = Watched.liveHeaps(processes);
            FeedReport fed = feed.get();
            say("The feed has ended; waiting for the last answers");
            JsonNode verdict = testbed.verdict();
            List<String> failures = testbed.failures(results);
            long failed = testbed.job().failedCheckpoints() - failedBefore;
            Map<String, Object> told = figures.of(fed, log);
            testbed.stop(failures);
            Report report =
                    new SoakReport(
                                    log,
                                    heapsBefore,
                                    heapsAfter,
                                    verdict,
                                    failures,
                                    conditions.fresh())
                            .report(command())
                            .with(
                                    "checkpointIntervalSeconds",
                                    conditions.times().checkpointInterval())
                            .with("failedCheckpoints", failed);
            told.forEach(report::with);
            return report.json();
        }
    }

    /** At processes and job; one that has ended is told of at the end. */
    private record Looks(List<Watched> processes, FlinkJob job, Checkpoints checkpoints, Log log) {

        void until(Instant end) throws IOException {
            Instant next = Instant.now();
            while (next.isBefore(end)) {
                Waiting.pause(Duration.between(Instant.now(), next));
                Watched.readAll(processes).forEach(log::add);
                look();
                next = next.plus(log.timetable().period());
            }
            Waiting.pause(Duration.between(Instant.now(), end));
        }

        private void look() {
            try {
                checkpoints
                        .news(job.newestCheckpoints())
                        .forEach(one -> log.add(SoakReport.JOB, one));
            } catch (IOException e) {
                // the JobManager is busy: the next look will tell
            }
        }
    }
}
