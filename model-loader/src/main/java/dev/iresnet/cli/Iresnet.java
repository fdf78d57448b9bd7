package dev.iresnet.cli;

import dev.iresnet.cli.importing.CreateCommand;
import dev.iresnet.cli.importing.ImportCommand;
import dev.iresnet.cli.inspection.InspectCommand;
import dev.iresnet.cli.option.ExitCode;
import dev.iresnet.cli.option.Failures;
import dev.iresnet.cli.picture.EvaluateCommand;
import dev.iresnet.cli.picture.PredictCommand;
import dev.iresnet.cli.picture.PreprocessCommand;
import dev.iresnet.cli.training.TrainCommand;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code iresnet} command. All its commands end by the rule of {@link ExitCode}. */
@Command(
        name = "iresnet",
        // the exit codes and the standard options are those of every command
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Iresnet.ProgramVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            CreateCommand.class,
            TrainCommand.class,
            ImportCommand.class,
            InspectCommand.class,
            NetworksCommand.class,
            PredictCommand.class,
            EvaluateCommand.class,
            BenchCommand.class,
            PreprocessCommand.class,
            CompletionCommand.class
        },
        header = "Brings trained residual networks into service.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all done",
            "1:some of the input failed or was refused; each is named on standard error",
            "2:wrong usage, or the model cannot be used",
            "70:a fault of iresnet itself; please report the text on standard error"
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

    /** Expected failures are reported in a sentence, bugs of this program with their trace. */
    private static int report(
            Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        int code = ExitCode.of(failure);
        if (code == ExitCode.FAULT) {
            failure.printStackTrace(command.getErr());
        } else {
            command.getErr().println("iresnet: " + Failures.sentence(failure));
        }
        return code;
    }

    /** {@code --version}: which build this is, and what it runs on. */
    static final class ProgramVersion implements IVersionProvider {
        /** Filled in by the build. */
        private static final String RESOURCE = "version.txt";

        @Override
        public String[] getVersion() throws IOException {
            try (InputStream in = ProgramVersion.class.getResourceAsStream(RESOURCE)) {
                String version =
                        new String(
                                Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
                return new String[] {
                    "iresnet " + version.strip(),
                    "Java ${java.version} (${java.vendor}), ${os.name} ${os.arch}"
                };
            }
        }
    }
}
