package dev.iresnet.chaos.cluster;

import dev.iresnet.chaos.process.JvmCommand;
import dev.iresnet.chaos.process.JvmProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A job as it is handed to {@code flink run}: by Flink's own client, in a process of its own.
 *
 * @param software what is submitted
 * @param mainClass of the job's jar, or beside it
 * @param arguments of the job
 */
public record Submission(Software software, @Nullable String mainClass, List<String> arguments) {
    private static final Pattern SUBMITTED =
            Pattern.compile("Job has been submitted with JobID ([0-9a-f]{32})");

    public Submission {
        arguments = List.copyOf(arguments);
    }

    /**
     * Submits it.
     *
     * @param from a savepoint or a retained checkpoint; empty for a fresh start
     * @throws IllegalStateException with the client's words if it is refused
     */
    public FlinkJob submit(Cluster cluster, int parallelism, Optional<String> from) {
        JvmCommand command = cluster.parties().client(words(parallelism, from));
        JvmProcess client = JvmProcess.startPiped(command, cluster.workplace().log("client"));
        String said;
        try {
            said =
                    new String(
                            client.process().getInputStream().readAllBytes(),
                            StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Flink's client has gone", e);
        }
        Matcher matcher = SUBMITTED.matcher(said);
        if (!matcher.find()) {
            throw new IllegalStateException(
                    "the job was not submitted (%s): %s"
                            .formatted(cluster.workplace().log("client"), said.strip()));
        }
        return new FlinkJob(cluster.rest(), matcher.group(1));
    }

    private List<String> words(int parallelism, Optional<String> from) {
        List<String> words =
                new ArrayList<>(List.of("run", "-d", "-p", Integer.toString(parallelism)));
        from.ifPresent(path -> words.addAll(List.of("-s", path)));
        String main = mainClass;
        if (main != null) {
            words.addAll(List.of("-C", software.classes().toUri().toString(), "-c", main));
        }
        words.add(software.jobJar().toString());
        words.addAll(arguments);
        return words;
    }
}
