package dev.iresnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.cli.option.ExitCode;
import dev.iresnet.model.ModelException;
import dev.iresnet.weights.CheckpointException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class IresnetTest {

    @Test
    void failuresEndByOneRule() {
        assertThat(ExitCode.of(new IOException("no such file"))).isEqualTo(1);
        assertThat(ExitCode.of(new UncheckedIOException(new IOException("x")))).isEqualTo(1);
        assertThat(ExitCode.of(new CheckpointException("a bomb"))).isEqualTo(1);
        assertThat(ExitCode.of(new ModelException("damaged"))).isEqualTo(2);
        assertThat(ExitCode.of(new IllegalStateException("ours"))).isEqualTo(70);
    }

    @Test
    void everyCommandTeachesItself() {
        CommandLine root = Iresnet.commandLine();
        assertThat(root.getSubcommands()).isNotEmpty();
        root.getSubcommands()
                .forEach(
                        (name, command) ->
                                assertThat(command.getUsageMessage())
                                        .as(name)
                                        .contains(
                                                "Examples:",
                                                "  iresnet " + name,
                                                "Exit codes:",
                                                "--help"));
    }

    @Test
    void tellsItsVersion() {
        CommandRun run = CommandRun.of("--version");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).containsPattern("iresnet \\d+\\.\\d+").contains("Java 1");
        assertThat(CommandRun.of("predict", "--version").out()).isEqualTo(run.out());
    }

    @Test
    void refusesToDoNothing() {
        CommandRun run = CommandRun.of();
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("Say which command");
    }
}
