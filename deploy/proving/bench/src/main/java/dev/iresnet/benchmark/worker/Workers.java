package dev.iresnet.benchmark.worker;

import dev.iresnet.chaos.process.JvmCommand;
import dev.iresnet.chaos.process.JvmProcess;
import dev.iresnet.chaos.process.RunDirectory;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts workers, on this process's class path.
 *
 * @param directory where they log
 * @param jvmOptions for each of them, such as a flight recording's
 */
public record Workers(RunDirectory directory, List<String> jvmOptions) {
    private static final List<String> EVERYWHERE =
            List.of(
                    "-XX:+UseG1GC",
                    "--add-opens=java.base/java.util=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    // TensorFlow's memory is not the heap's: no limit derived from -Xmx
                    "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                    "-Dorg.bytedeco.javacpp.maxBytes=0");

    public Workers {
        jvmOptions = List.copyOf(jvmOptions);
    }

    /**
     * Starts one and waits until it is open.
     *
     * @param name of its log
     * @param worker whose constructor takes the task
     * @param heap as {@code -Xmx} takes it
     * @param task a record of plain values
     */
    public WorkerProcess start(
            String name, Class<? extends Worker<?>> worker, String heap, Object task)
            throws IOException {
        List<String> options =
                Stream.of(EVERYWHERE, List.of("-Xms" + heap, "-Xmx" + heap), jvmOptions)
                        .flatMap(List::stream)
                        .map(option -> option.replace("%name", name))
                        .toList();
        return new WorkerProcess(
                JvmProcess.startPiped(
                        JvmCommand.here(
                                name,
                                WorkerLoop.class,
                                options,
                                List.of(
                                        worker.getName(),
                                        WorkerLoop.JSON.writeValueAsString(task))),
                        directory.log(name)));
    }
}
