package dev.iresnet.benchmark.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.benchmark.job.StandIn;
import dev.iresnet.benchmark.job.Standing;
import dev.iresnet.benchmark.stat.Figure;
import dev.iresnet.benchmark.stat.Interleaved;
import dev.iresnet.benchmark.stat.Steady;
import dev.iresnet.proving.feed.FeedPlan;
import java.io.IOException;
import java.util.List;

/**
 * CPU time of the job's process a frame, with many cameras and with one, at one total rate. Neither
 * decoding nor model, for they would hide what the stream path does for a key; each of the many
 * cameras sends in every round.
 */
public final class CostAt10000CamerasVs1 implements Experiment {
    private static final Figure FIGURE = Figure.COST_AT_10000_CAMERAS_VS_1;
    private static final int MANY = 10_000;
    private static final int SIDE = 18;
    private static final int CLASSES = 10;
    private static final double RATE = 3000;

    /** At this rate the process idles, and what it does besides frames is much of what it uses. */
    private static final int LONGER = 3;

    @Override
    public List<Figure> figures() {
        return List.of(FIGURE);
    }

    @Override
    public void run(Bench bench, Findings findings) throws IOException {
        try (Standing job =
                bench.open(bench.files().version(), 1, StandIn.free(SIDE, CLASSES), List.of())) {
            long frames = Math.max(MANY, Math.round(RATE * LONGER * bench.seconds()));
            Steady.cost(() -> microsAFrame(job, MANY, frames));
            Interleaved sides =
                    bench.compare(
                            FIGURE.title() + ", microseconds a frame",
                            () -> microsAFrame(job, MANY, frames),
                            () -> microsAFrame(job, 1, frames));
            ObjectNode details = Findings.details();
            details.put("framesPerSecond", RATE).put("framesARound", frames);
            details.set("microsAFrameAt10000", Findings.toJson(sides.first()));
            details.set("microsAFrameAt1", Findings.toJson(sides.second()));
            findings.measured(FIGURE, sides.ratio(), details);
        }
    }

    private static double microsAFrame(Standing job, int cameras, long frames) throws IOException {
        job.usage();
        FeedPlan burst = job.burst(cameras, frames);
        job.label(SIDE, new FeedPlan(cameras, RATE, frames, burst.seed()));
        return job.usage().path("cpuNanos").asDouble() / 1000 / frames;
    }
}
