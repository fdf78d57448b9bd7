package dev.iresnet.chaos.flood;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.chaos.harness.Accounting;
import dev.iresnet.chaos.harness.Cameras;
import dev.iresnet.chaos.harness.FlinkConfig;
import dev.iresnet.chaos.harness.JobPlan;
import dev.iresnet.chaos.harness.Report;
import dev.iresnet.chaos.harness.ResultStream;
import dev.iresnet.chaos.harness.Scenario;
import dev.iresnet.chaos.harness.Setup;
import dev.iresnet.chaos.harness.Testbed;
import dev.iresnet.chaos.harness.Topics;
import dev.iresnet.chaos.process.RunDirectory;
import dev.iresnet.chaos.process.Waiting;
import dev.iresnet.chaos.trouble.DeviceTrouble;
import dev.iresnet.chaos.trouble.Switch;
import dev.iresnet.proving.Launcher;
import dev.iresnet.proving.feed.FeedPlan;
import dev.iresnet.proving.feed.FeedReport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The cameras alone and under the flood in turns, on one device and then on the other. All of them
 * share one slot, one engine and one device, which is the hardest case.
 */
@Command(
        name = "flood",
        description =
                "Lets one camera send a hundred times as much as each of sixteen others, and says"
                        + " what that does to the others.",
        exitCodeList = {
            "0:the others are labelled within twice the time, and each frame is accounted for",
            "1:something did not hold; the report says what",
            "2:it could not run"
        })
public final class Flood extends Scenario {

    private static final FlinkConfig.Times TIMES = FlinkConfig.Times.slow(Duration.ofSeconds(10));
    private static final int PARALLELISM = 1;

    /** Cameras that are not the flood. */
    private static final int OTHERS = 16;

    /** The flood's rate, in that of one of the others. */
    private static final int FLOOD_TIMES = 100;

    /** What the others ask of the device's capacity; the flood asks 1.6 times the capacity. */
    private static final double OTHERS_LOAD = 0.25;

    /** The job's {@code freshness.max-age}. */
    private static final Duration MAX_AGE = Duration.ofSeconds(2);

    /** Of each stretch, which does not count. */
    private static final Duration LEAD = Duration.ofSeconds(3);

    private static final Duration TO_ANSWER = Duration.ofMinutes(3);

    @Option(
            names = "--seconds",
            defaultValue = "20",
            description = "Of each stretch (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--repetitions",
            defaultValue = "3",
            description =
                    "Of two stretches, alone and under the flood, on each of two devices"
                            + " (${DEFAULT-VALUE}).")
    private int repetitions;

    @Option(
            names = "--device",
            defaultValue = "CPU,STEADY",
            split = ",",
            description = "CPU, or STEADY: 100 ms a batch (${DEFAULT-VALUE}).")
    private List<Device> devices = List.of();

    @Option(
            names = "--job-option",
            description = "Of the job, such as --input.max-in-flight=512; repeatable.")
    private List<String> jobOptions = List.of();

    /** Runs it, and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Launcher.exit(new Flood(), arguments);
    }

    @Override
    protected void check() {
        require(
                seconds >= 2 * LEAD.toSeconds() && repetitions >= 1,
                "--seconds must be %d or more and --repetitions 1 or more, got %d and %d",
                2 * LEAD.toSeconds(),
                seconds,
                repetitions);
    }

    @Override
    protected ObjectNode run(RunDirectory directory) throws IOException {
        say("Starting everything; logs in %s", directory.directory("logs"));
        Instant began = Instant.now();
        Setup setup = Setup.of(TIMES, directory);
        try (Testbed testbed = Testbed.open(setup, plan(setup, Device.CPU, List.of()))) {
            double capacity = testbed.measureCapacity();
            say("The job does %.0f frames a second here", capacity);
            CameraCounters counters = new CameraCounters();
            List<Comparison> comparisons = new ArrayList<>();
            try (ResultStream results =
                    ResultStream.open(
                            testbed.cluster().bootstrapServers(), Topics.OUTPUT, counters::add)) {
                for (Device device : devices) {
                    comparisons.add(compare(testbed, counters, device, device.capacity(capacity)));
                }
                JsonNode verdict = testbed.verdict();
                return report(began, capacity, comparisons, verdict, testbed.failures(results));
            }
        }
    }

    private JobPlan plan(Setup setup, Device device, List<String> freshness) {
        List<String> options = new ArrayList<>(List.of("--batch.max-size=" + device.batch()));
        options.addAll(freshness);
        options.addAll(jobOptions);
        return JobPlan.troubled(setup.config().control(), PARALLELISM, options);
    }

    private Comparison compare(
            Testbed testbed, CameraCounters counters, Device device, double capacity)
            throws IOException {
        testbed.change(
                plan(
                        testbed.setup(),
                        device,
                        List.of("--freshness.max-age=%d ms".formatted(MAX_AGE.toMillis()))));
        Switch trouble = new Switch(testbed.setup().config().control(), DeviceTrouble.SWITCH);
        if (device == Device.STEADY) {
            trouble.on(DeviceTrouble.STEADY.name());
        }
        double rate = OTHERS_LOAD * capacity / OTHERS;
        List<Comparison.Stretch> alone = new ArrayList<>();
        List<Comparison.Stretch> flooded = new ArrayList<>();
        for (int i = 1; i <= repetitions; i++) {
            String name = device.name() + i;
            Comparison.Stretch one =
                    stretch(testbed, counters, name + "alone", rate, Optional.empty());
            Comparison.Stretch other =
                    stretch(testbed, counters, name + "beside", rate, Optional.of(name + "flood"));
            alone.add(one);
            flooded.add(other);
            say(
                    "  %s: p50 and p99 of the others %.0f and %.0f ms alone, %.0f and %.0f ms under"
                            + " the flood",
                    device,
                    one.others().p50Millis(),
                    one.others().p99Millis(),
                    other.others().p50Millis(),
                    other.others().p99Millis());
        }
        trouble.off();
        return new Comparison(device, rate, alone, flooded);
    }

    /**
     * Feeds for a while, and waits until everything is answered.
     *
     * @param name other than that of any stretch before, without a hyphen
     * @param rate frames a second of each of the others
     * @param floodName of one more camera that sends a hundred times as much
     */
    private Comparison.Stretch stretch(
            Testbed testbed,
            CameraCounters counters,
            String name,
            double rate,
            Optional<String> floodName)
            throws IOException {
        Map<String, Long> before = testbed.job().shedByReason();
        Instant began = Instant.now();
        Instant from = began.plus(LEAD);
        CameraCounters.Counter others = counters.begin(name, from);
        Optional<CameraCounters.Counter> flood = floodName.map(one -> counters.begin(one, from));
        Optional<Cameras.Running> flooding =
                floodName.map(one -> start(testbed, one, 1, FLOOD_TIMES * rate));
        Cameras.Running feed = start(testbed, name, OTHERS, OTHERS * rate);
        Waiting.pause(Duration.ofSeconds(seconds));
        FeedReport fed = feed.stop();
        flooding.ifPresent(Cameras.Running::stop);
        Waiting.until("the answers to " + name, TO_ANSWER, () -> testbed.uncommitted() <= 0);
        // meanwhile the results' own consumer catches up
        Map<String, Long> shed = testbed.job().shedByReason();
        before.forEach((reason, count) -> shed.merge(reason, -count, Long::sum));
        return new Comparison.Stretch(
                began,
                others.figures(),
                flood.map(CameraCounters.Counter::figures).orElse(null),
                shed,
                fed.mostBehind());
    }

    private static Cameras.Running start(
            Testbed testbed, String name, int cameras, double framesPerSecond) {
        return testbed.cameras()
                .start(
                        name,
                        new FeedPlan(
                                cameras, framesPerSecond, FeedPlan.UNLIMITED, name.hashCode()));
    }

    private ObjectNode report(
            Instant began,
            double capacity,
            List<Comparison> comparisons,
            JsonNode verdict,
            List<String> failures) {
        List<String> violations = new ArrayList<>(Accounting.violations(verdict));
        comparisons.forEach(one -> one.violation().ifPresent(violations::add));
        violations.addAll(Accounting.unexpected(failures));
        Map<String, Object> byDevice = new LinkedHashMap<>();
        comparisons.forEach(
                one ->
                        byDevice.put(
                                one.device().name().toLowerCase(Locale.ROOT),
                                one.members(capacity)));
        return new Report(violations, command(), began, Instant.now())
                .with("otherCameras", OTHERS)
                .with("floodTimes", FLOOD_TIMES)
                .with("othersLoad", OTHERS_LOAD)
                .with("maxAgeMillis", MAX_AGE.toMillis())
                .with("stretchSeconds", seconds)
                .with("leadSeconds", LEAD.toSeconds())
                .with("jobOptions", jobOptions)
                .with(
                        "rule",
                        "The medians of p50 and p99 under the flood over those alone are at most %.0f, at most %.0f%% of the others are shed in any stretch, and frames of the flood are shed in each."
                                .formatted(Comparison.MOST, 100 * Comparison.MOST_SHED))
                .with("capacityPerSecond", capacity)
                .withFrames(verdict)
                .with("devices", byDevice)
                .json();
    }
}
