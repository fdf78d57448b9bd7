package dev.iresnet.chaos.soak;

import dev.iresnet.chaos.harness.Cameras;
import dev.iresnet.proving.feed.FeedPlan;
import dev.iresnet.proving.feed.FeedReport;
import dev.iresnet.proving.feed.PictureFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Cameras with a frame in ten seconds and a whole number of clips each. There are as many groups as
 * a clip has frames, and each begins a frame later than the one before: else the clips of all
 * cameras would fill up and be complete at the same time, and so would the job's state.
 *
 * @param cameras at least one a group
 * @param frames of a clip
 * @param length for which each group goes on at least, from the first one's beginning
 */
record ClipFeed(int cameras, int frames, Duration length, long seed) {
    /** From a camera's frame to its next. */
    static final Duration PERIOD = Duration.ofSeconds(10);

    /** Of each group, in the order in which they begin. */
    List<FeedPlan> plans() {
        List<FeedPlan> plans = new ArrayList<>();
        for (int group = 0; group < frames; group++) {
            int size = (cameras + group) / frames;
            long left = length.dividedBy(PERIOD) - group;
            long clips = Math.max(1, (left + frames - 1) / frames);
            plans.add(
                    new FeedPlan(
                            size,
                            (double) size / PERIOD.toSeconds(),
                            clips * frames * size,
                            seed + group));
        }
        return plans;
    }

    /**
     * Begins; what this returns waits for the end.
     *
     * @param pictures directory of what they show
     */
    Supplier<FeedReport> start(Cameras to, Path pictures) {
        List<CompletableFuture<FeedReport>> groups = new ArrayList<>();
        for (FeedPlan plan : plans()) {
            int group = groups.size();
            Executor later =
                    CompletableFuture.delayedExecutor(
                            group * PERIOD.toMillis(), TimeUnit.MILLISECONDS);
            groups.add(
                    CompletableFuture.supplyAsync(
                                    () ->
                                            to.start(
                                                    "group-" + group,
                                                    plan,
                                                    PictureFolder.of(pictures)),
                                    later)
                            .thenCompose(Cameras.Running::report));
        }
        return () ->
                groups.stream().map(CompletableFuture::join).reduce(ClipFeed::both).orElseThrow();
    }

    /** Of feeds that began one after the other. */
    private static FeedReport both(FeedReport one, FeedReport other) {
        return new FeedReport(
                one.frames() + other.frames(),
                one.took().compareTo(other.took()) > 0 ? one.took() : other.took(),
                one.mostBehind().compareTo(other.mostBehind()) > 0
                        ? one.mostBehind()
                        : other.mostBehind());
    }
}
