package dev.iresnet.chaos.flood;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iresnet.chaos.cluster.FlinkConfig;
import dev.iresnet.chaos.cluster.Site;
import dev.iresnet.chaos.cluster.Software;
import dev.iresnet.chaos.cluster.Workplace;
import dev.iresnet.chaos.control.Switch;
import dev.iresnet.chaos.job.TroubledJob;
import dev.iresnet.chaos.model.DeviceTrouble;
import dev.iresnet.chaos.results.ResultStream;
import dev.iresnet.chaos.stage.JobPlan;
import dev.iresnet.chaos.stage.Stage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A run: the cameras alone and under the flood in turns, on one device and then on the other. All
 * of them share one slot, one engine and one device, which is the hardest case.
 */
final class FloodRun {
    private static final FlinkConfig.Times TIMES =
            FlinkConfig.Times.patient(Duration.ofSeconds(10));
    private static final int PARALLELISM = 1;

    private final FloodOptions options;
    private final Software software;
    private final Workplace workplace;
    private final PrintStream screen;
    private final Path control;

    FloodRun(FloodOptions options, Software software, Workplace workplace, PrintStream screen) {
        this.options = options;
        this.software = software;
        this.workplace = workplace;
        this.screen = screen;
        this.control = workplace.directory("control");
    }

    FloodOutcome run() throws IOException {
        FlinkConfig config =
                new FlinkConfig(
                        TIMES, workplace.directory("checkpoints").toUri().toString(), control);
        screen.println("Starting everything; logs in " + workplace.directory("logs"));
        Instant began = Instant.now();
        try (Stage stage =
                Stage.open(new Site(software, workplace, config), plan(Device.CPU, List.of()))) {
            double capacity = stage.measureCapacity();
            screen.printf("The job does %.0f frames a second here%n", capacity);
            Tallies tallies = new Tallies();
            List<Comparison> comparisons = new ArrayList<>();
            try (ResultStream results =
                    ResultStream.open(stage.cluster().bootstrapServers(), tallies::add)) {
                for (Device device : options.devices()) {
                    comparisons.add(compare(stage, tallies, device, device.capacity(capacity)));
                }
                return conclude(
                        stage, results, new FloodOutcome.Measured(began, capacity, comparisons));
            }
        }
    }

    private Comparison compare(Stage stage, Tallies tallies, Device device, double capacity)
            throws IOException {
        stage.change(
                plan(
                        device,
                        List.of(
                                "--freshness.max-age=%d ms"
                                        .formatted(FloodOptions.MAX_AGE.toMillis()))));
        Switch trouble = new Switch(control, DeviceTrouble.SWITCH);
        if (device == Device.STEADY) {
            trouble.on(DeviceTrouble.STEADY.name());
        }
        Stretches stretches = new Stretches(stage, tallies, options.stretch());
        double rate = FloodOptions.rate(capacity);
        List<Stretch> alone = new ArrayList<>();
        List<Stretch> flooded = new ArrayList<>();
        for (int i = 1; i <= options.repetitions(); i++) {
            alone.add(stretches.alone(device.name() + i, rate));
            flooded.add(stretches.flooded(device.name() + i, rate));
            tell(device, alone.get(i - 1), flooded.get(i - 1));
        }
        trouble.off();
        return new Comparison(device, rate, alone, flooded);
    }

    private void tell(Device device, Stretch alone, Stretch flooded) {
        screen.printf(
                "  %s: p50 and p99 of the others %.0f and %.0f ms alone, %.0f and %.0f ms under the flood%n",
                device,
                alone.others().p50(),
                alone.others().p99(),
                flooded.others().p50(),
                flooded.others().p99());
    }

    private JobPlan plan(Device device, List<String> freshness) {
        List<String> jobOptions =
                Stream.of(
                                List.of("--batch.max-size=" + device.batch()),
                                freshness,
                                options.jobOptions())
                        .flatMap(List::stream)
                        .toList();
        return new JobPlan(
                TroubledJob.class.getName(), List.of(control.toString()), jobOptions, PARALLELISM);
    }

    private static FloodOutcome conclude(
            Stage stage, ResultStream results, FloodOutcome.Measured measured) throws IOException {
        JsonNode verdict = stage.verdict();
        List<String> surprises = new ArrayList<>(stage.cluster().replaceEnded());
        String failure = stage.scene().job().failure();
        if (!failure.isEmpty()) {
            surprises.add("the job has failed: " + failure);
        }
        if (!results.failure().isEmpty()) {
            surprises.add(results.failure());
        }
        return new FloodOutcome(measured, Instant.now(), verdict, surprises);
    }
}
