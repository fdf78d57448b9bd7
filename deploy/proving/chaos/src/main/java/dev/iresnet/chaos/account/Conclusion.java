package dev.iresnet.chaos.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.chaos.cluster.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all runs' commands have in common: how they end, and the options that say so. */
public final class Conclusion {
    @Option(names = "--json", description = "Write the report to this file.")
    private @Nullable Path json;

    @Option(names = "--keep", description = "Keep logs and data also if everything holds.")
    private boolean keep;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    /** Runs a command, and ends the process with its exit code. */
    public static void exit(Callable<Integer> command, String... arguments) {
        System.exit(
                new CommandLine(command)
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .setExecutionExceptionHandler(Conclusion::explain)
                        .execute(arguments));
    }

    /** The command as it was given. */
    public String command() {
        return command.name()
                + " "
                + String.join(" ", command.commandLine().getParseResult().originalArgs());
    }

    /**
     * Writes the report to standard output and to the file.
     *
     * @param report whose member {@code holds} says it all
     * @return the exit status
     */
    public int draw(ObjectNode report, Workplace workplace) throws IOException {
        String text = report.toPrettyString() + System.lineSeparator();
        System.out.print(text);
        if (json != null) {
            Files.writeString(json, text);
        }
        boolean holds = report.path("holds").asBoolean();
        if (holds && !keep) {
            workplace.delete();
        } else {
            System.err.println("Logs and data are kept in " + workplace.root());
        }
        return holds ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private static int explain(
            Exception e, CommandLine command, CommandLine.ParseResult arguments) {
        command.getErr().println(command.getCommandName() + ": " + e);
        return CommandLine.ExitCode.USAGE;
    }
}
