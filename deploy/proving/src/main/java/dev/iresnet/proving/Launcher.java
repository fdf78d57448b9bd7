package dev.iresnet.proving;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Runs a command as a process. */
public final class Launcher {

    private Launcher() {}

    /**
     * Runs it, and ends the process with its exit code: 2 if it throws, with the reason on standard
     * error.
     */
    public static void exit(Callable<Integer> command, String... arguments) {
        System.exit(
                new CommandLine(command)
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .setExecutionExceptionHandler(Launcher::explain)
                        .execute(arguments));
    }

    private static int explain(Exception e, CommandLine command, ParseResult arguments) {
        command.getErr()
                .println(
                        command.getCommandName()
                                + ": "
                                + (e.getMessage() == null ? e : e.getMessage()));
        return CommandLine.ExitCode.USAGE;
    }
}
