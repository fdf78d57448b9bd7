package dev.iresnet.chaos.harness;

import dev.iresnet.chaos.process.JvmCommand;
import dev.iresnet.chaos.process.JvmProcess;
import dev.iresnet.chaos.process.RunDirectory;
import dev.iresnet.chaos.reference.ReferenceMain;
import dev.iresnet.proving.verify.VerifierMain;
import dev.iresnet.proving.verify.VerifierProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a run is made of.
 *
 * @param software that is run
 * @param directory where it writes
 * @param config of Flink
 */
public record Setup(Software software, RunDirectory directory, FlinkConfig config) {

    /** With the software of this build, and a configuration that writes to the directory. */
    public static Setup of(FlinkConfig.Times times, RunDirectory directory) {
        return new Setup(Software.find(), directory, FlinkConfig.of(times, directory));
    }

    /** The same with options for JobManager and TaskManagers. */
    public Setup withJvmOptions(List<String> options) {
        return new Setup(software, directory, config.withJvmOptions(options));
    }

    /** The same with so much heap for each TaskManager. */
    public Setup withHeap(int megabytes) {
        return new Setup(software, directory, config.withHeap(megabytes));
    }

    /** Has the right answers found, in a process of its own; returns their file. */
    Path findReference() {
        Path file = directory.file("reference.jsonl");
        runTensorFlow(
                "reference",
                ReferenceMain.class,
                List.of(
                        software.model().toString(),
                        software.frames().toString(),
                        file.toString()));
        return file;
    }

    /**
     * Runs a main class that loads TensorFlow, in a process of its own, to its end.
     *
     * @throws IllegalStateException naming the log if it fails
     */
    public void runTensorFlow(String name, Class<?> main, List<String> arguments) {
        JvmProcess.run(
                new JvmCommand(
                        name,
                        main.getName(),
                        software.own(),
                        List.of(
                                "-Xmx256m",
                                "-Dorg.bytedeco.javacpp.cachedir="
                                        + directory.directory("javacpp-" + name)),
                        arguments,
                        Map.of("TF_CPP_MIN_LOG_LEVEL", "2", "MALLOC_ARENA_MAX", "2")),
                directory.log(name));
    }

    /** The shared verifier, in a process of its own. */
    VerifierProcess startVerifier(String servers, Path manifest, Path reference) {
        Path verdict = directory.file("verdict.json");
        List<String> arguments =
                new ArrayList<>(
                        VerifierProcess.arguments(
                                servers, Topics.OUTPUT, Topics.DEAD_LETTERS, manifest, verdict));
        arguments.add("--reference=" + reference);
        JvmCommand command =
                new JvmCommand(
                        "verifier",
                        VerifierMain.class.getName(),
                        software.own(),
                        List.of("-Xmx3g", "-XX:+UseSerialGC"),
                        arguments,
                        Map.of());
        return new VerifierProcess(
                JvmProcess.startPiped(command, directory.log("verifier")).process(), verdict);
    }
}
