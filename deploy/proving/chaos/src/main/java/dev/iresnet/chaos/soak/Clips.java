package dev.iresnet.chaos.soak;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.chaos.growth.Gauge;
import dev.iresnet.chaos.growth.Rule;
import dev.iresnet.chaos.growth.Trend;
import dev.iresnet.chaos.growth.Watched;
import dev.iresnet.chaos.harness.FlinkConfig;
import dev.iresnet.chaos.harness.FlinkJob;
import dev.iresnet.chaos.harness.JobPlan;
import dev.iresnet.chaos.harness.Setup;
import dev.iresnet.chaos.harness.Testbed;
import dev.iresnet.chaos.process.RunDirectory;
import dev.iresnet.chaos.trouble.IdleClips;
import dev.iresnet.proving.Launcher;
import dev.iresnet.proving.verify.Reference;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Many cameras, each with a frame in ten seconds, of which the job makes clips for a model that
 * computes nothing: what is looked at is the state of all these cameras.
 */
@Command(
        name = "clips",
        description =
                "Has many slow cameras make clips for a model that computes nothing, and says how"
                        + " large their state is, and whether it, its checkpoints or the memory grow.",
        exitCodeList = {
            "0:everything is flat, and each frame is accounted for",
            "1:something is not; the report says what",
            "2:it could not run"
        })
public final class Clips extends LongRun {

    /**
     * Checkpoints as by the job's default; half of the time is warm-up, in which state fills up.
     */
    private static final Conditions CONDITIONS =
            new Conditions(
                    FlinkConfig.Times.slow(Duration.ofSeconds(10)),
                    2,
                    new Rule(
                            0.25,
                            500,
                            "the slowest clips in a hundred are those that meet a checkpoint; a"
                                    + " queue that builds up grows by seconds"));

    private static final String OPERATOR = "clips";
    private static final int PICTURES = 8;

    /** Of a frame in memory beside its pixels, at most. */
    private static final int FRAME_OVERHEAD = 512;

    /** Of the heap, by state. */
    private static final double USED_SHARE = 0.75;

    private static final double BYTES_PER_MB = 1 << 20;

    @Option(names = "--cameras", defaultValue = "10000", description = "(${DEFAULT-VALUE}).")
    private int cameras;

    @Option(
            names = "--side",
            defaultValue = "32",
            description = "Of a frame and of its crop, pixels (${DEFAULT-VALUE}).")
    private int side;

    @Option(
            names = "--frames",
            defaultValue = "16",
            description = "Of a clip; the next clip begins behind it (${DEFAULT-VALUE}).")
    private int frames;

    /** Runs it, and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Launcher.exit(new Clips(), arguments);
    }

    @Override
    protected void check() {
        super.check();
        require(
                side >= 1 && frames >= 2 && cameras >= frames,
                "--side must be 1 or more, --frames 2 or more, and --cameras no fewer, got %d, %d and %d",
                side,
                frames,
                cameras);
    }

    @Override
    protected ObjectNode run(RunDirectory directory) throws IOException {
        Path gcLogs = directory.directory("logs");
        say("Starting everything; logs in %s", gcLogs);
        Setup setup =
                Setup.of(CONDITIONS.times(), directory)
                        .withJvmOptions(Watched.jvmOptions(gcLogs))
                        .withHeap(heapMb(cameras, frames, side));
        Path reference = directory.file("reference.jsonl");
        Reference.write(reference, List.of());
        Path pictures = pictures(side, directory.directory("pictures"));
        ClipFeed feed = new ClipFeed(cameras, frames, length(), seed());
        try (Testbed testbed = Testbed.open(setup, plan(), setup.software().model(), reference)) {
            return watch(
                    testbed,
                    gcLogs,
                    CONDITIONS,
                    () -> feed.start(testbed.cameras(), pictures),
                    (fed, log) ->
                            Map.of(
                                    "feed",
                                    new Fed(fed.frames(), fed.mostBehind()),
                                    "clips",
                                    figures(testbed.job(), log)));
        }
    }

    private JobPlan plan() {
        return new JobPlan(
                IdleClips.class.getName(),
                List.of(Integer.toString(side), Integer.toString(frames)),
                List.of(
                        "--clip.enabled=true",
                        "--clip.max-gap=%d s".formatted(3 * ClipFeed.PERIOD.toSeconds()),
                        "--clip.cameras=" + cameras,
                        "--batch.max-size=8",
                        // more frames may be under way of which nobody knows yet how large they are
                        "--image.max-pixels=1000000"),
                PARALLELISM);
    }

    /** For all cameras, since one TaskManager may run both slots; the job compares more exactly. */
    static int heapMb(int cameras, int frames, int side) {
        double state = (double) cameras * frames * (3 * side * side + FRAME_OVERHEAD);
        return FlinkConfig.SMALL_HEAP_MB + (int) (state / USED_SHARE / BYTES_PER_MB);
    }

    /** Of one colour each, so that to decode one takes next to nothing. */
    static Path pictures(int side, Path directory) throws IOException {
        for (int i = 0; i < PICTURES; i++) {
            BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = picture.createGraphics();
            graphics.setColor(Color.getHSBColor((float) i / PICTURES, 1, 1));
            graphics.fillRect(0, 0, side, side);
            graphics.dispose();
            ImageIO.write(picture, "jpg", directory.resolve(i + ".jpg").toFile());
        }
        return directory;
    }

    /** The feed, for the report. */
    private record Fed(long frames, Duration mostBehindSeconds) {}

    /**
     * What the report says of the clips.
     *
     * @param cameras that have state
     * @param made clips, since the beginning
     * @param framesWithoutClip that were kept for none
     * @param clipsPerSecond in the measured part
     * @param framesPerSecond the same, of all frames of these clips
     * @param stateBytes of a checkpoint, mean of the measured part
     * @param stateBytesACamera the same of a camera
     * @param framesACamera that wait for their clip, on average
     * @param computedBytesACamera that the job has computed at its start, for a whole clip
     */
    private record Figures(
            long cameras,
            long made,
            long framesWithoutClip,
            double clipsPerSecond,
            double framesPerSecond,
            double stateBytes,
            double stateBytesACamera,
            double framesACamera,
            double computedBytesACamera) {}

    private Figures figures(FlinkJob job, Log log) throws IOException {
        long known = job.sum(OPERATOR, "cameras").orElse(0);
        double rate = log.labeledPerSecond();
        Map<String, Trend> checkpoints = SoakReport.checkpoints(log.means());
        double bytes = BYTES_PER_MB * requireNonNull(checkpoints.get(Gauge.STATE.member())).level();
        return new Figures(
                known,
                job.sum(OPERATOR, "clips").orElse(0),
                job.sum(OPERATOR, "framesWithoutClip").orElse(0),
                rate,
                rate * frames,
                bytes,
                bytes / known,
                (frames - 1) / 2.0,
                (double) job.sum(OPERATOR, "stateBytes").orElse(0) / known);
    }
}
