package dev.iresnet.benchmark.run;

import dev.iresnet.benchmark.experiment.Bench;
import dev.iresnet.benchmark.experiment.Conditions;
import dev.iresnet.benchmark.experiment.Experiment;
import dev.iresnet.benchmark.experiment.Findings;
import dev.iresnet.benchmark.stat.Verdict;
import dev.iresnet.benchmark.worker.Workers;
import dev.iresnet.chaos.process.RunDirectory;
import dev.iresnet.model.Precision;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One experiment after the other. */
final class Run {
    /** In the run's directory. */
    static final String REPORT = "report.json";

    private final Conditions conditions;
    private final RunDirectory runDirectory;
    private final Bench.Files files;
    private final boolean profile;
    private final PrintStream screen;
    private final Function<Precision, Optional<String>> cpuLacks;

    /**
     * Prepares a run.
     *
     * @param cpuLacks why this CPU cannot compute in a precision; empty if it can
     */
    Run(
            Conditions conditions,
            RunDirectory runDirectory,
            Bench.Files files,
            boolean profile,
            PrintStream screen,
            Function<Precision, Optional<String>> cpuLacks) {
        this.conditions = conditions;
        this.runDirectory = runDirectory;
        this.files = files;
        this.profile = profile;
        this.screen = screen;
        this.cpuLacks = cpuLacks;
    }

    /** Takes what was found out so far. */
    @FunctionalInterface
    interface ReportWriter {
        void write(Findings findings) throws IOException;
    }

    /**
     * Measures.
     *
     * @param report called after each experiment: a run takes an hour, and may be ended
     */
    Findings measure(Selection selection, ReportWriter report) {
        Findings findings = new Findings();
        screen.printf(
                "Logs in %s, the report so far in %s%n",
                runDirectory.directory("logs"), runDirectory.file(REPORT));
        Bench bench = new Bench(conditions, new Workers(runDirectory, jvmOptions()), files, screen);
        for (Experiment experiment : selection.experiments()) {
            measure(experiment, bench, findings);
            write(findings, report);
        }
        return findings;
    }

    /** One that cannot be measured does not keep the others from it. */
    private void measure(Experiment experiment, Bench bench, Findings findings) {
        screen.println(experiment.name());
        Optional<String> lack = experiment.onCpu().flatMap(cpuLacks);
        if (lack.isPresent()) {
            screen.println("  not on this CPU: " + lack.get());
            findings.without(experiment, Verdict.NOT_ON_THIS_CPU, lack.get());
            return;
        }
        try {
            experiment.run(bench, findings);
        } catch (IOException | RuntimeException | LinkageError e) {
            screen.println("  " + e);
            findings.without(experiment, Verdict.NOT_MEASURED, e.toString());
        }
    }

    private void write(Findings findings, ReportWriter report) {
        try {
            report.write(findings);
        } catch (IOException e) {
            screen.println("  the report so far cannot be written: " + e);
        }
    }

    private List<String> jvmOptions() {
        return profile
                ? List.of(
                        "-XX:StartFlightRecording=settings=profile,filename="
                                + runDirectory.directory("logs")
                                + "/%name.jfr")
                : List.of();
    }
}
