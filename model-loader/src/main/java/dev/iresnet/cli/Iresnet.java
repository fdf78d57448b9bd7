package dev.iresnet.cli;

import dev.iresnet.model.ModelException;
import dev.iresnet.weights.CheckpointException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The {@code iresnet} command. Its exit codes: 0 done; 1 refused or failed, the reason is one line
 * on standard error; 2 wrong usage.
 */
@Command(
        name = "iresnet",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ImportCommand.class,
            InspectCommand.class,
            NetworksCommand.class,
            PredictCommand.class,
            PreprocessCommand.class
        },
        header = "Brings trained residual networks into service.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:refused or failed; the reason is on standard error",
            "2:wrong usage"
        })
public final class Iresnet implements Runnable {
    @Spec private @Nullable CommandSpec spec; // by picocli, before run

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command as tests and {@code main} run it. */
    public static CommandLine commandLine() {
        return new CommandLine(new Iresnet())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Iresnet::report);
    }

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(), "Say which command");
    }

    /** A known refusal is a sentence; anything else is a fault of ours and keeps its trace. */
    private static int report(
            Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        if (isRefusal(failure)) {
            command.getErr().println("iresnet: " + failure.getMessage());
        } else {
            failure.printStackTrace(command.getErr());
        }
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    private static boolean isRefusal(Exception failure) {
        return failure instanceof CheckpointException
                || failure instanceof ModelException
                || failure instanceof IOException
                || failure instanceof UncheckedIOException;
    }
}
