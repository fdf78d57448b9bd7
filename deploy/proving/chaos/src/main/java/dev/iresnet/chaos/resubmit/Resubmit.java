package dev.iresnet.chaos.resubmit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.chaos.growth.Gauge;
import dev.iresnet.chaos.growth.Reading;
import dev.iresnet.chaos.growth.Watched;
import dev.iresnet.chaos.harness.Cameras;
import dev.iresnet.chaos.harness.FlinkConfig;
import dev.iresnet.chaos.harness.FlinkJob;
import dev.iresnet.chaos.harness.JobPlan;
import dev.iresnet.chaos.harness.Scenario;
import dev.iresnet.chaos.harness.Setup;
import dev.iresnet.chaos.harness.Testbed;
import dev.iresnet.chaos.process.RunDirectory;
import dev.iresnet.chaos.process.Waiting;
import dev.iresnet.proving.Launcher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Frames come all the while; the job is cancelled with some under way, and submitted again from its
 * last checkpoint; in between, the processes of the cluster are looked at.
 */
@Command(
        name = "resubmit",
        description =
                "Cancels a job and submits it again, and says whether anything stays behind in the"
                        + " cluster's processes.",
        exitCodeList = {
            "0:nothing stays behind, no TaskManager is lost, each frame is accounted for",
            "1:something did not hold; the report says what",
            "2:it could not run"
        })
public final class Resubmit extends Scenario {

    private static final FlinkConfig.Times TIMES = FlinkConfig.Times.slow(Duration.ofSeconds(1));
    private static final int PARALLELISM = 4;
    private static final int LEAST_MEASURED = 5;
    private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(2);

    /** In which threads and connections of a cancelled job end, and Flink fetches metrics. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    @Option(
            names = "--times",
            defaultValue = "20",
            description = "That the job is cancelled and submitted again (${DEFAULT-VALUE}).")
    private int times;

    @Option(
            names = "--warm-up",
            defaultValue = "5",
            description = "Of those, after which nothing may grow any more (${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--frames",
            defaultValue = "300",
            description = "That are answered in between, at least (${DEFAULT-VALUE}).")
    private int frames;

    @Option(
            names = "--rate",
            defaultValue = "50",
            description = "Frames a second, all the while (${DEFAULT-VALUE}).")
    private double rate;

    /** Runs it, and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Launcher.exit(new Resubmit(), arguments);
    }

    @Override
    protected void check() {
        requireMeasured(times, warmUp);
        require(
                frames >= 1 && rate > 0,
                "--frames must be 1 or more and --rate above 0, got %d and %s",
                frames,
                rate);
    }

    /**
     * Checks that rounds are left to judge.
     *
     * @throws IllegalArgumentException if there are too few
     */
    static void requireMeasured(int times, int warmUp) {
        require(
                times - warmUp >= LEAST_MEASURED && warmUp >= 0,
                "--times must be at least %d more than --warm-up, got %d and %d",
                LEAST_MEASURED,
                times,
                warmUp);
    }

    @Override
    protected ObjectNode run(RunDirectory directory) throws IOException {
        Path gcLogs = directory.directory("logs");
        List<String> jvmOptions = new ArrayList<>(Watched.jvmOptions(gcLogs));
        // what is softly reachable only may not pass for a leak
        jvmOptions.add("-XX:SoftRefLRUPolicyMSPerMB=0");
        say("Starting everything; logs in %s", gcLogs);
        try (Testbed testbed =
                Testbed.open(
                        Setup.of(TIMES, directory).withJvmOptions(jvmOptions),
                        JobPlan.plain(PARALLELISM, List.of()))) {
            List<Watched> processes = Watched.of(testbed.cluster(), gcLogs);
            Instant began = Instant.now();
            Cameras.Running feed = testbed.cameras().start("camera", rate, times);
            List<Round> rounds = new ArrayList<>();
            while (rounds.size() < times && allAlive(processes)) {
                Round round = round(testbed, processes);
                rounds.add(round);
                say("  %d of %d: job %s cancelled", rounds.size(), times, round.job());
            }
            awaitAnswers(testbed);
            feed.stop();
            JsonNode verdict = testbed.verdict();
            List<String> failures = testbed.cluster().replaceEnded();
            testbed.job().stopWithSavepoint(GIVE_UP_AFTER);
            return new ResubmitReport(times, warmUp, rate, rounds, verdict, failures)
                    .json(command(), began, Instant.now());
        }
    }

    private static boolean allAlive(List<Watched> processes) {
        return processes.stream().allMatch(one -> one.process().isAlive());
    }

    private Round round(Testbed testbed, List<Watched> processes) throws IOException {
        long before = testbed.watch().answers();
        awaitAnswers(testbed);
        FlinkJob job = testbed.job();
        long uncommitted = testbed.uncommitted();
        job.cancel(GIVE_UP_AFTER);
        Instant cancelled = Instant.now();
        String checkpoint =
                job.newestCheckpoint()
                        .orElseThrow(() -> new IllegalStateException("no checkpoint is kept"));
        Map<String, Reading> readings = look(processes);
        long answered = testbed.watch().answers() - before;
        testbed.resubmit(testbed.parallelism(), checkpoint);
        testbed.job().awaitRunning(GIVE_UP_AFTER);
        return new Round(job.id(), cancelled, answered, uncommitted, readings);
    }

    private static Map<String, Reading> look(List<Watched> processes) throws IOException {
        Watched.liveHeaps(processes);
        Waiting.pause(SETTLED);
        // what finalizers and cleaners have let go since the first collection goes with the second
        Map<String, Integer> heaps = Watched.liveHeaps(processes);
        for (Watched one : processes) {
            one.trimNativeHeap();
        }
        // Flink answers with what it last fetched, and fetches anew: the next answer has that
        Watched.readAll(processes);
        Waiting.pause(SETTLED);
        Map<String, Reading> readings = Watched.readAll(processes);
        heaps.forEach(
                (process, heap) ->
                        readings.computeIfPresent(
                                process, (name, one) -> one.with(Gauge.LIVE_HEAP, heap)));
        return readings;
    }

    private void awaitAnswers(Testbed testbed) {
        long enough = testbed.watch().answers() + frames;
        Waiting.until(
                "%d answers".formatted(frames),
                GIVE_UP_AFTER,
                () -> testbed.watch().answers() >= enough);
    }
}
