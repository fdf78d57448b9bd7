package dev.iresnet.cli;

import dev.iresnet.model.ModelDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code iresnet inspect}. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = 2,
        header = "Tells what a model is.",
        description = {
            "%nChecks the model's files against their sums and its model.json, and prints name,"
                    + " version, digest (each result of the job carries it), network, labels, how"
                    + " pictures are prepared, signatures and size. TensorFlow is not started.%n"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  iresnet inspect models/my-network",
            "  iresnet inspect --json models/my-network/3"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the model is sound", "2:wrong usage, or the model cannot be used"})
final class InspectCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec; // by picocli, before call

    @Parameters(
            paramLabel = "DIR",
            description =
                    "The model: .../NAME, of which the newest version is taken, or"
                            + " .../NAME/VERSION.")
    private Path directory = Path.of("");

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        ModelFacts facts = ModelFacts.of(ModelDirectory.open(directory));
        out.print(json ? facts.toJson() : facts.toText());
        out.flush();
        return 0;
    }
}
