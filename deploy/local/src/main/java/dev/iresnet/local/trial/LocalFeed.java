package dev.iresnet.local.trial;

import dev.iresnet.config.InputConfig;
import dev.iresnet.local.options.FeedOptions;
import dev.iresnet.local.process.LocalException;
import dev.iresnet.local.process.StopSignal;
import dev.iresnet.proving.feed.EventFormat;
import dev.iresnet.proving.feed.Feed;
import dev.iresnet.proving.feed.FeedException;
import dev.iresnet.proving.feed.FeedPlan;
import dev.iresnet.proving.feed.FeedProducers;
import dev.iresnet.proving.feed.FeedReport;
import dev.iresnet.proving.feed.FrameFormat;
import dev.iresnet.proving.feed.ImageFormat;
import dev.iresnet.proving.feed.Pace;
import dev.iresnet.proving.feed.PictureFolder;
import dev.iresnet.proving.manifest.ManifestWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.Producer;

/** The cameras, on a thread of their own. What they send is in the manifest and nowhere else. */
public final class LocalFeed implements AutoCloseable {

    /** The same order of pictures and phases of cameras in every run. */
    private static final long SEED = 1;

    private static final Duration GLANCE = Duration.ofMillis(100);

    private final Producer<byte[], byte[]> producer;
    private final ManifestWriter manifest;
    private final Feed feed;
    private final CompletableFuture<FeedReport> ended;

    private LocalFeed(
            FeedPlan plan, Feed feed, Producer<byte[], byte[]> producer, ManifestWriter manifest) {
        this.producer = producer;
        this.manifest = manifest;
        this.feed = feed;
        this.ended =
                CompletableFuture.supplyAsync(
                        () -> run(plan, feed, manifest), task -> new Thread(task, "feed").start());
    }

    public static LocalFeed start(
            FeedOptions options,
            PictureFolder pictures,
            FrameFormat format,
            String bootstrapServers,
            Path manifest) {
        FeedPlan plan = new FeedPlan(options.cameras(), options.perSecond(), options.count(), SEED);
        ManifestWriter writer = open(manifest);
        Producer<byte[], byte[]> producer =
                FeedProducers.create(Map.of("bootstrap.servers", bootstrapServers));
        Feed feed = new Feed(pictures, format, producer, Pace.real());
        return new LocalFeed(plan, feed, producer, writer);
    }

    /** The job's {@code input.format}, from the sender's side. */
    public static FrameFormat format(InputConfig.Format format, String topic) {
        return switch (format) {
            case IMAGE_EVENT -> new EventFormat(topic);
            case IMAGE -> new ImageFormat(topic);
        };
    }

    /**
     * The pictures of a directory.
     *
     * @param clips whether those of each directory in it are the frames of a clip
     * @throws LocalException if there are none
     */
    public static PictureFolder pictures(Path directory, boolean clips) {
        try {
            return clips ? PictureFolder.ofClips(directory) : PictureFolder.of(directory);
        } catch (FeedException e) {
            throw new LocalException("--frames: " + e.getMessage(), e);
        }
    }

    /**
     * Waits for the last frame's acknowledgement.
     *
     * @throws LocalException if a frame could not be sent
     */
    public FeedReport await(StopSignal stop, Runnable meanwhile) {
        while (!ended.isDone()) {
            stop.pause(GLANCE);
            meanwhile.run();
        }
        try {
            return ended.join();
        } catch (CompletionException e) {
            throw new LocalException(LocalException.reason(e), e);
        }
    }

    @Override
    public void close() {
        feed.stop();
        ended.exceptionally(failure -> null).join();
        producer.close(Duration.ZERO);
        try {
            manifest.close();
        } catch (IOException e) {
            throw new LocalException("Cannot finish the manifest: " + e, e);
        }
    }

    private static FeedReport run(FeedPlan plan, Feed feed, ManifestWriter manifest) {
        try {
            return feed.run(plan, manifest::write);
        } catch (InterruptedException e) {
            throw new StopSignal.StoppedException();
        }
    }

    private static ManifestWriter open(Path file) {
        try {
            return ManifestWriter.open(file);
        } catch (IOException e) {
            throw new LocalException("Cannot write %s (--manifest): %s".formatted(file, e), e);
        }
    }
}
