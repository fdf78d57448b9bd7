package dev.iresnet.benchmark.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.benchmark.experiment.Bench;
import dev.iresnet.benchmark.experiment.Conditions;
import dev.iresnet.benchmark.experiment.Findings;
import dev.iresnet.benchmark.stat.Figure;
import dev.iresnet.chaos.harness.Scenario;
import dev.iresnet.chaos.process.RunDirectory;
import dev.iresnet.model.Precision;
import dev.iresnet.proving.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command. */
@Command(
        name = "bench",
        description = {
            "Measures this machine's limits and how near to them the product gets, each figure as a"
                    + " ratio with its spread, its target and a verdict. Wants an idle machine."
        },
        exitCodeList = {
            "0:no figure missed its target",
            "1:one did, or a rate above a measured limit shows that the run is not to be believed",
            "2:it could not run"
        })
public final class BenchMain extends Scenario {
    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            completionCandidates = Titles.class,
            description = "Figures to measure, of: ${COMPLETION-CANDIDATES}. Default: all.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--quick",
            description = "Fewer and shorter rounds, for a look: 3 of 2 seconds instead of 7 of 6.")
    private boolean quick;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds of each comparison.")
    private @Nullable Integer rounds;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "That a round of each side takes, about.")
    private @Nullable Double seconds;

    @Option(
            names = "--device",
            defaultValue = "cpu",
            description =
                    "cpu or gpu (${DEFAULT-VALUE}). gpu needs a build with -Pgpu; see the README.")
    private Conditions.Device device = Conditions.Device.CPU;

    @Option(
            names = "--precision",
            defaultValue = "float16",
            description =
                    "Of the engine on a GPU (${DEFAULT-VALUE}); float32 tries the same without"
                            + " one.")
    private Precision precision = Precision.FLOAT16;

    @Option(
            names = "--curves",
            description =
                    "Draw latency against load, checkpoint interval and batching, too; alone"
                            + " without --only.")
    private boolean curves;

    @Option(
            names = "--profile",
            description =
                    "Keep a flight recording of each process among its logs. Costs some speed.")
    private boolean profile;

    /** Names for the help. */
    static final class Titles extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Titles() {
            super(Figure.titles());
        }
    }

    /** Runs it, and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Launcher.exit(new BenchMain(), arguments);
    }

    @Override
    protected void check() {
        selection();
        conditions();
    }

    private Selection selection() {
        return device == Conditions.Device.GPU
                ? Selection.onGpu(precision)
                : Selection.of(only, curves);
    }

    @Override
    protected ObjectNode run(RunDirectory directory) throws IOException {
        ReportJson report = new ReportJson(command(), Machine.here(), conditions(), Instant.now());
        Run run =
                new Run(
                        conditions(),
                        directory,
                        Bench.Files.find(),
                        profile,
                        screen,
                        Precision::refusal);
        Findings findings =
                run.measure(
                        selection(), soFar -> write(report.soFar(soFar, Instant.now()), directory));
        return report.report(findings, Instant.now());
    }

    /** Replaced whole, so that it can be read at any time. */
    private static void write(ObjectNode report, RunDirectory directory) throws IOException {
        Path written = directory.file("report.json.new");
        Files.writeString(written, report.toPrettyString());
        Files.move(written, directory.file(Run.REPORT), StandardCopyOption.REPLACE_EXISTING);
    }

    Conditions conditions() {
        Conditions base = quick ? Conditions.QUICK : Conditions.FULL;
        return new Conditions(
                rounds == null ? base.rounds() : rounds,
                seconds == null ? base.seconds() : seconds,
                device);
    }
}
