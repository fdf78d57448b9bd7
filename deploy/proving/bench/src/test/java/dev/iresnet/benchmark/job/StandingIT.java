package dev.iresnet.benchmark.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.benchmark.worker.Workers;
import dev.iresnet.chaos.process.RunDirectory;
import dev.iresnet.proving.feed.FeedPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job, its broker and its feed, with a model that costs nothing. */
class StandingIT {
    private static final Path DEMO = Path.of("../../local/demo");
    private static final int SIDE = 18;

    @TempDir private Path directory;

    @Test
    void labelsWhatIsFedAtOnceAndWhatIsFedAtAPace() throws IOException {
        Workers workers = new Workers(new RunDirectory(directory), List.of());
        Standing.Plan plan =
                new Standing.Plan(
                        DEMO.resolve("models/cifar10-iresnet20/1").toAbsolutePath().normalize(),
                        1,
                        StandIn.free(SIDE, 10),
                        List.of("--checkpoint.interval=200 ms"));
        try (Standing job =
                Standing.open(workers, plan, DEMO.resolve("frames").toAbsolutePath().normalize())) {
            assertThat(job.label(SIDE, job.burst(4, 500))).hasSize(500);

            List<Standing.Timed> timed =
                    job.watch(SIDE, new FeedPlan(4, 500, 250, 7, FeedPlan.Spacing.POISSON));

            assertThat(timed).hasSize(250);
            assertThat(Standing.Timed.untilSeen(timed).count()).isEqualTo(250);
            assertThat(job.usage().path("cpuNanos").asLong()).isPositive();
            assertThat(job.usage().path("allocated").has("FRAMES")).isTrue();
        }
    }
}
