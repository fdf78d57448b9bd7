package dev.iresnet.chaos.harness;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.chaos.process.RunDirectory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A run as a command: what it does with a directory of its own, and a report whose member {@code
 * holds} says whether everything held.
 */
@Command(
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n")
public abstract class Scenario implements Callable<Integer> {

    @Option(names = "--json", description = "Write the report to this file.")
    private @Nullable Path json;

    @Option(names = "--keep", description = "Keep logs and data also if everything holds.")
    private boolean keep;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** For people who wait. */
    protected final PrintStream screen = System.err;

    /**
     * Runs it.
     *
     * @param directory for logs and data; deleted if the report holds
     * @return the report
     * @throws IllegalArgumentException naming an option that cannot be
     */
    protected abstract ObjectNode run(RunDirectory directory) throws IOException;

    /** The command as it was given. */
    protected final String command() {
        return spec.name()
                + " "
                + String.join(" ", spec.commandLine().getParseResult().originalArgs());
    }

    protected final void say(String format, Object... values) {
        screen.printf(Locale.ROOT, format + "%n", values);
    }

    /** Measures what the job can do, and says what share of it is fed from then on. */
    protected final double measureCapacity(Testbed testbed, double load) {
        double capacity = testbed.measureCapacity();
        say(
                "The job does %.0f frames a second here; %.0f%% of that from now on",
                capacity, 100 * load);
        return capacity;
    }

    /**
     * Checks an option.
     *
     * @throws IllegalArgumentException with the message if it is not right
     */
    protected static void require(boolean right, String format, Object... values) {
        if (!right) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, format, values));
        }
    }

    /** Writes the report to standard output and to the file of {@code --json}. */
    @Override
    public final Integer call() throws IOException {
        check();
        RunDirectory directory = RunDirectory.create(spec.name());
        ObjectNode report = run(directory);
        String text = report.toPrettyString() + System.lineSeparator();
        System.out.print(text);
        if (json != null) {
            Files.writeString(json, text);
        }
        boolean holds = report.path("holds").asBoolean();
        if (holds && !keep) {
            directory.delete();
        } else {
            say("Logs and data are kept in %s", directory.root());
        }
        return holds ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /**
     * Checks the options, before anything is made.
     *
     * @throws IllegalArgumentException naming an option that cannot be
     */
    protected void check() {}
}
