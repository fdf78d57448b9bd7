package dev.iresnet.benchmark.run;

import dev.iresnet.benchmark.experiment.Bench;
import dev.iresnet.benchmark.experiment.Conditions;
import dev.iresnet.benchmark.experiment.Experiment;
import dev.iresnet.benchmark.experiment.Findings;
import dev.iresnet.benchmark.stat.Figure;
import dev.iresnet.benchmark.worker.Workers;
import dev.iresnet.chaos.cluster.Workplace;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** One experiment after the other. */
final class Run {
    private final Conditions conditions;
    private final Workplace workplace;
    private final Bench.Files files;
    private final boolean profile;
    private final PrintStream screen;

    Run(
            Conditions conditions,
            Workplace workplace,
            Bench.Files files,
            boolean profile,
            PrintStream screen) {
        this.conditions = conditions;
        this.workplace = workplace;
        this.files = files;
        this.profile = profile;
        this.screen = screen;
    }

    Findings measure(Selection selection) {
        Findings findings = new Findings();
        screen.println("Logs in " + workplace.directory("logs"));
        Bench bench = new Bench(conditions, new Workers(workplace, jvmOptions()), files, screen);
        for (Experiment experiment : selection.experiments()) {
            measure(experiment, bench, findings);
        }
        return findings;
    }

    /** One that cannot be measured does not keep the others from it. */
    private void measure(Experiment experiment, Bench bench, Findings findings) {
        screen.println(
                String.join(", ", experiment.figures().stream().map(Figure::title).toList()));
        try {
            experiment.run(bench, findings);
        } catch (IOException | RuntimeException e) {
            screen.println("  " + e);
            experiment.figures().forEach(figure -> findings.notMeasured(figure, e.toString()));
        }
    }

    private List<String> jvmOptions() {
        return profile
                ? List.of(
                        "-XX:StartFlightRecording=settings=profile,filename="
                                + workplace.directory("logs")
                                + "/%name.jfr")
                : List.of();
    }
}
