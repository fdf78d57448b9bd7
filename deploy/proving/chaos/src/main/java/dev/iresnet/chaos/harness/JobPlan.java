package dev.iresnet.chaos.harness;

import dev.iresnet.chaos.trouble.TroubledJob;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The job of a run.
 *
 * @param mainClass beside the job's jar; null for the jar's own
 * @param first arguments before the job's own, as that main class takes them
 * @param options of the job, in addition to those that every run has
 * @param parallelism at the beginning
 */
public record JobPlan(
        @Nullable String mainClass, List<String> first, List<String> options, int parallelism) {

    public JobPlan {
        first = List.copyOf(first);
        options = List.copyOf(options);
    }

    /** The job as it is. */
    public static JobPlan plain(int parallelism, List<String> options) {
        return new JobPlan(null, List.of(), options, parallelism);
    }

    /** The job on a device that fails when it is told to, by files in {@code control}. */
    public static JobPlan troubled(Path control, int parallelism, List<String> options) {
        return new JobPlan(
                TroubledJob.class.getName(), List.of(control.toString()), options, parallelism);
    }

    /** Arguments of Flink's client that submit it. */
    List<String> command(
            Software software, List<String> everyRun, int parallelism, Optional<String> from) {
        List<String> words =
                new ArrayList<>(List.of("run", "-d", "-p", Integer.toString(parallelism)));
        from.ifPresent(path -> words.addAll(List.of("-s", path)));
        if (mainClass != null) {
            words.addAll(List.of("-C", software.classes().toUri().toString(), "-c", mainClass));
        }
        words.add(software.jobJar().toString());
        words.addAll(first);
        words.addAll(everyRun);
        words.addAll(options);
        return words;
    }
}
