package dev.iresnet.local;

import dev.iresnet.local.options.Demo;
import dev.iresnet.local.process.StopSignal;
import dev.iresnet.local.screen.Screen;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Runs the command as its script does, and keeps what it prints. */
final class LocalRunner {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final StopSignal stop = new StopSignal();
    private final LocalRun run;

    LocalRunner(Path directory) {
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
