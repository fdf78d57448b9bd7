package dev.iresnet.chaos.stage;

import java.util.List;
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
}
