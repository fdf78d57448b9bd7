package dev.iresnet.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.local.options.Demo;
import dev.iresnet.local.process.StopSignal;
import dev.iresnet.local.screen.Screen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Runs the command as its script does, in this process, and keeps what it prints. */
final class LocalRunner {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final StopSignal stop = new StopSignal();
    private final Path directory;
    private final LocalRun run;

    LocalRunner(Path directory) {
        this.directory = directory;
        run =
                new LocalRun(
                        new Demo.Bundle(Path.of("").toAbsolutePath()),
                        directory.resolve("run.log"),
                        stream(out),
                        new Screen(stream(screen), false, 0));
    }

    /** Returns the exit status. */
    int run(String arguments) {
        return run.run(arguments.split(" "), stop);
    }

    /** Returns the summary of a run in which each frame was labelled once and in order. */
    JsonNode summaryOf(String arguments) throws IOException {
        Path json = directory.resolve("out.json");
        assertThat(run(arguments + " --json=" + json))
                .as(screen() + out())
                .isEqualTo(LocalRun.GOOD);
        assertThat(out()).contains("Every frame was labelled, once and in order.");
        JsonNode summary = new ObjectMapper().readTree(json.toFile());
        assertThat(summary.get("labeled")).isEqualTo(summary.get("events"));
        for (String fault :
                List.of("deadLettered", "lost", "duplicated", "reordered", "unknown", "wrong")) {
            assertThat(summary.get(fault).intValue()).as(fault).isZero();
        }
        return summary;
    }

    void stop() {
        stop.raise();
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String screen() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
