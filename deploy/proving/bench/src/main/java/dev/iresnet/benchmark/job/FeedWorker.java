package dev.iresnet.benchmark.job;

import dev.iresnet.benchmark.worker.Worker;
import dev.iresnet.proving.feed.EventFormat;
import dev.iresnet.proving.feed.Feed;
import dev.iresnet.proving.feed.FeedPlan;
import dev.iresnet.proving.feed.FeedProducers;
import dev.iresnet.proving.feed.FeedReport;
import dev.iresnet.proving.feed.FrameFormat;
import dev.iresnet.proving.feed.Pace;
import dev.iresnet.proving.feed.PictureFolder;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;

/**
 * The shared feed. What is to be worked off as fast as possible it sends in one transaction, so
 * that readers of committed records see nothing of it while it is made, and then all at once.
 */
public final class FeedWorker implements Worker<FeedWorker.Order> {
    private static final int BATCH_BYTES = 1 << 18;
    private static final int TRANSACTION_MILLIS = 10 * 60 * 1000;

    private final PictureFolder pictures;
    private final Producer<byte[], byte[]> paced;
    private final Producer<byte[], byte[]> atOnce;

    /**
     * Where.
     *
     * @param pictures directory
     */
    public record Task(String bootstrapServers, String pictures) {}

    /**
     * What.
     *
     * @param rawSide of square raw pictures; 0 for the files as they are
     * @param plan of the feed; with a rate of 0 all is sent in one transaction
     */
    public record Order(String topic, int rawSide, FeedPlan plan) {}

    FeedWorker(Task task) {
        this.pictures = PictureFolder.of(Path.of(task.pictures()));
        this.paced = FeedProducers.create(Map.of("bootstrap.servers", task.bootstrapServers()));
        this.atOnce =
                FeedProducers.create(
                        Map.of(
                                "bootstrap.servers",
                                task.bootstrapServers(),
                                "transactional.id",
                                "feed",
                                "transaction.timeout.ms",
                                TRANSACTION_MILLIS,
                                "linger.ms",
                                5,
                                "batch.size",
                                BATCH_BYTES));
        atOnce.initTransactions();
    }

    /** Frames sent. */
    @Override
    public Object answer(Order order) throws InterruptedException {
        FrameFormat format =
                order.rawSide() == 0
                        ? new EventFormat(order.topic())
                        : new RawFormat(order.topic(), order.rawSide());
        FeedReport report;
        if (order.plan().isPaced()) {
            report = feed(format, paced, order.plan());
        } else {
            atOnce.beginTransaction();
            report = feed(format, atOnce, order.plan());
            atOnce.commitTransaction();
        }
        return report.frames();
    }

    private FeedReport feed(FrameFormat format, Producer<byte[], byte[]> producer, FeedPlan plan)
            throws InterruptedException {
        return new Feed(pictures, format, producer, Pace.real()).run(plan, frame -> {});
    }

    @Override
    public void close() {
        paced.close();
        atOnce.close();
    }
}
