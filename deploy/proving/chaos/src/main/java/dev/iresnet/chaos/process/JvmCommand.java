package dev.iresnet.chaos.process;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How to start a JVM.
 *
 * @param name of its log
 * @param mainClass whose {@code main} runs in it
 * @param classPath as {@code java} takes it
 * @param jvmOptions before the main class
 * @param arguments behind it
 * @param environment in addition to this process's
 */
public record JvmCommand(
        String name,
        String mainClass,
        String classPath,
        List<String> jvmOptions,
        List<String> arguments,
        Map<String, String> environment) {

    public JvmCommand {
        jvmOptions = List.copyOf(jvmOptions);
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** On this process's own class path. */
    public static JvmCommand here(
            String name, Class<?> main, List<String> jvmOptions, List<String> arguments) {
        return new JvmCommand(
                name,
                main.getName(),
                System.getProperty("java.class.path"),
                jvmOptions,
                arguments,
                Map.of("TF_CPP_MIN_LOG_LEVEL", "2"));
    }

    /** Ready to be started; what it prints is added to a file beside {@code log}. */
    ProcessBuilder builder(Path log) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(jvmOptions);
        words.add("-Diresnet.log=" + log);
        words.add("-Dlog4j.configurationFile=log4j2-chaos.properties");
        words.add(JvmProcess.Child.class.getName());
        words.add(mainClass);
        words.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("CLASSPATH", classPath);
        builder.environment().putAll(environment);
        File output = log.resolveSibling(name + ".out").toFile();
        builder.redirectError(ProcessBuilder.Redirect.appendTo(output));
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output));
        return builder;
    }
}
