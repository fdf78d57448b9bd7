package dev.iresnet.chaos.harness;

import dev.iresnet.proving.feed.CameraPrefix;
import dev.iresnet.proving.feed.EventFormat;
import dev.iresnet.proving.feed.Feed;
import dev.iresnet.proving.feed.FeedPlan;
import dev.iresnet.proving.feed.FeedProducers;
import dev.iresnet.proving.feed.FeedReport;
import dev.iresnet.proving.feed.FrameFormat;
import dev.iresnet.proving.feed.Pace;
import dev.iresnet.proving.feed.PictureFolder;
import dev.iresnet.proving.hostile.HostileMix;
import dev.iresnet.proving.hostile.HostileRecords;
import dev.iresnet.proving.manifest.ManifestWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Producer;

/** The shared feed, stretch after stretch into one manifest. */
public final class Cameras implements AutoCloseable {
    public static final int CAMERAS = 16;
    private static final int HOSTILE_EVERY = 50;

    private final PictureFolder pictures;
    private final Producer<byte[], byte[]> producer;
    private final ManifestWriter manifest;
    private final AtomicLong acknowledged = new AtomicLong();

    /** A feed under way. */
    public record Running(Feed feed, CompletableFuture<FeedReport> report) {

        /** Ends it, and returns how it went when its last frame is acknowledged. */
        public FeedReport stop() {
            feed.stop();
            return report.join();
        }
    }

    private Cameras(
            PictureFolder pictures, Producer<byte[], byte[]> producer, ManifestWriter manifest) {
        this.pictures = pictures;
        this.producer = producer;
        this.manifest = manifest;
    }

    /** Opens the producer; nothing is sent yet. */
    public static Cameras open(Path frames, String bootstrapServers, Path manifest) {
        try {
            return new Cameras(
                    PictureFolder.of(frames),
                    FeedProducers.create(Map.of("bootstrap.servers", bootstrapServers)),
                    ManifestWriter.open(manifest));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + manifest, e);
        }
    }

    /** Frames that Kafka has acknowledged, of all stretches. */
    public long acknowledged() {
        return acknowledged.get();
    }

    /**
     * Begins a stretch.
     *
     * @param name before the cameras' names, other than that of any stretch before
     * @param framesPerSecond 0 for as fast as the broker takes them
     * @param seed other than that of any stretch before
     */
    public Running start(String name, double framesPerSecond, long seed) {
        return start(name, framesPerSecond, FeedPlan.UNLIMITED, seed);
    }

    /** The same, of so many frames. */
    public Running start(String name, double framesPerSecond, long frames, long seed) {
        return start(name, new FeedPlan(CAMERAS, framesPerSecond, frames, seed));
    }

    /**
     * The same, for any plan.
     *
     * @param name before the cameras' names, other than that of any stretch before
     */
    public Running start(String name, FeedPlan plan) {
        return start(
                name,
                plan,
                pictures,
                new HostileMix(
                        new EventFormat(Topics.INPUT),
                        Topics.INPUT,
                        HOSTILE_EVERY,
                        new HostileRecords(pictures.read(pictures.files().get(0)).bytes())));
    }

    /**
     * The same, of other pictures, with no hostile record among them.
     *
     * @param name before the cameras' names, other than that of any stretch before
     */
    public Running start(String name, FeedPlan plan, PictureFolder good) {
        return start(name, plan, good, new EventFormat(Topics.INPUT));
    }

    private Running start(String name, FeedPlan plan, PictureFolder shown, FrameFormat format) {
        // outside, so that hostile frames have the camera's whole name, too
        Feed feed = new Feed(shown, new CameraPrefix(name + "-", format), producer, Pace.real());
        return new Running(
                feed,
                CompletableFuture.supplyAsync(
                        () -> run(feed, plan), task -> new Thread(task, "feed-" + name).start()));
    }

    @Override
    public void close() {
        producer.close();
        try {
            manifest.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot finish the manifest", e);
        }
    }

    private FeedReport run(Feed feed, FeedPlan plan) {
        try {
            return feed.run(
                    plan,
                    frame -> {
                        manifest.write(frame);
                        acknowledged.incrementAndGet();
                    });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the feed was interrupted", e);
        }
    }
}
