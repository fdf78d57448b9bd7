package dev.iresnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {
    @TempDir private Path directory;

    @Test
    void completesInBash() throws IOException, InterruptedException {
        CommandRun run = CommandRun.of("completion");
        assertThat(run.exitCode()).isZero();
        Path script = directory.resolve("completion.bash");
        Files.writeString(
                script,
                run.out()
                        + """

                        compopt() { :; } # works in an interactive shell only
                        COMP_WORDS=(iresnet eval) COMP_CWORD=1 COMP_LINE="iresnet eval"
                        _complete_iresnet
                        echo "${COMPREPLY[*]}"
                        COMP_WORDS=(iresnet create --wid) COMP_CWORD=2
                        _complete_iresnet
                        echo "${COMPREPLY[*]}"
                        """);
        Process bash =
                new ProcessBuilder("bash", script.toString()).redirectErrorStream(true).start();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(bash.waitFor()).isZero();
        assertThat(out.lines()).containsExactly("evaluate", "--width-factor");
    }
}
