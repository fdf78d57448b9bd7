package dev.iresnet.cli;

import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code iresnet completion}. */
@Command(
        name = "completion",
        header = "Prints a script that completes commands and options in bash and zsh.",
        description = {
            "%nThe shell then completes commands, options and the names of networks and"
                    + " precisions at the tabulator key.%n"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(iresnet completion)",
            "  iresnet completion > ~/.local/share/bash-completion/completions/iresnet"
        })
final class CompletionCommand implements Runnable {
    @Spec private @Nullable CommandSpec spec; // by picocli, before run

    @Override
    public void run() {
        CommandLine root = Objects.requireNonNull(spec).root().commandLine();
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.print(AutoComplete.bash(root.getCommandName(), root));
        out.flush();
    }
}
