package dev.iresnet.cli;

import dev.iresnet.bench.Bench;
import dev.iresnet.bench.BenchPlan;
import dev.iresnet.bench.Measurement;
import dev.iresnet.cli.importing.CreateCommand;
import dev.iresnet.cli.importing.CreateCommand.NetworkNames;
import dev.iresnet.cli.inspection.ModelFacts;
import dev.iresnet.cli.option.ExitCode;
import dev.iresnet.cli.option.ModelOptions.ModelOption;
import dev.iresnet.cli.option.Progress;
import dev.iresnet.file.DirectoryTree;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Precision;
import dev.iresnet.model.card.ModelDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code iresnet bench}. */
@Command(
        name = "bench",
        header = "Measures how fast a model is on this machine.",
        description = {
            "%nRuns the model at each batch size, precision and number of threads, and tells images"
                    + " a second, milliseconds a batch, and the share of this machine's arithmetic that"
                    + " is put to use: of the fastest matrix product in the same precision with as many"
                    + " threads. Each number of threads has a process of its own. If the model comes"
                    + " out faster than the peak, the run fails: something else kept the machine busy.",
            "%nOnly an idle machine gives figures to rely on: whatever else runs lowers both the"
                    + " speed and the peak that it is compared with.%n"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  iresnet bench --model models/my-network --batch 1,8,32",
            "  iresnet bench iresnet50 --precision float32,bfloat16 --latency-bound 100",
            "  iresnet bench iresnet50 --threads 1,2,4 --seconds 10 --json"
        })
final class BenchCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec; // by picocli, before call

    @Parameters(
            arity = "0..1",
            paramLabel = "NETWORK",
            completionCandidates = NetworkNames.class,
            description =
                    "A network by name, as 'iresnet create' takes it; its speed does not depend on"
                            + " its weights. Default: the model of --model.")
    private @Nullable String network;

    @Mixin private ModelOption model = new ModelOption();

    @Option(
            names = "--batch",
            split = ",",
            paramLabel = "N",
            defaultValue = "1,8,32",
            description = "Pictures a call. Default: ${DEFAULT-VALUE}.")
    private List<Integer> batches = List.of();

    @Option(
            names = "--precision",
            split = ",",
            paramLabel = "NAME",
            defaultValue = "float32",
            description = "Any of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private List<Precision> precisions = List.of();

    @Option(
            names = "--threads",
            split = ",",
            paramLabel = "N",
            description = "Threads that compute. Default: one a core.")
    private List<Integer> threads = List.of(Runtime.getRuntime().availableProcessors());

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "3",
            description = "How long each is run. Default: ${DEFAULT-VALUE}.")
    private double seconds = 3;

    @Option(
            names = "--latency-bound",
            paramLabel = "MS",
            description =
                    "Recommend the fastest batch of which 95%% stay within these milliseconds.")
    private @Nullable Double latencyBound;

    @Option(
            names = "--json",
            description =
                    "Print a JSON object a line: precision, batch, threads, imagesPerSecond, ms,"
                            + " p95Ms, gflops, peakGflops, shareOfPeak, recommended; of a"
                            + " precision that this machine cannot do: precision, refused.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (network != null && model.given().isPresent()) {
            throw new ParameterException(command(), "Name a NETWORK or a --model, not both");
        }
        if (network == null) {
            return measure(ModelDirectory.open(model.orBundled()));
        }
        Path aside = Files.createTempDirectory("iresnet-bench-");
        try {
            return measure(CreateCommand.create(network, aside.resolve(network), command()));
        } finally {
            DirectoryTree.delete(aside);
        }
    }

    private int measure(ModelDirectory directory) throws IOException {
        Map<Precision, String> refused = refused();
        if (refused.keySet().containsAll(precisions)) {
            throw new ModelException(String.join(" ", refused.values()));
        }
        List<BenchPlan> plans = plans(directory, refused.keySet());
        int size = plans.stream().mapToInt(BenchPlan::size).sum();
        Progress progress =
                new Progress(command().getErr(), "measurements", size, System::nanoTime);
        ModelFacts facts = ModelFacts.of(directory);
        Bench bench = new Bench(facts.macs(), () -> progress.advance(1));
        List<Measurement> measurements = new ArrayList<>();
        for (BenchPlan plan : plans) {
            measurements.addAll(bench.run(plan));
        }
        BenchReport report =
                new BenchReport(facts, measurements, refused, Optional.ofNullable(latencyBound));
        command().getOut().print(json ? report.toJson() : report.toText());
        command().getOut().flush();
        return ExitCode.DONE;
    }

    /** In the order in which they were named. */
    private Map<Precision, String> refused() {
        Map<Precision, String> refused = new LinkedHashMap<>();
        for (Precision precision : precisions) {
            precision.refusal().ifPresent(reason -> refused.put(precision, reason));
        }
        return refused;
    }

    private List<BenchPlan> plans(ModelDirectory directory, Set<Precision> refused) {
        List<Precision> runnable = precisions.stream().filter(p -> !refused.contains(p)).toList();
        try {
            return threads.stream()
                    .map(
                            count ->
                                    new BenchPlan(
                                            directory.path().toString(),
                                            count,
                                            runnable,
                                            batches,
                                            seconds))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command(), String.valueOf(e.getMessage()), e);
        }
    }

    private CommandLine command() {
        return Objects.requireNonNull(spec).commandLine();
    }
}
