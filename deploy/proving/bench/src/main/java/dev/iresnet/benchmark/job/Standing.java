package dev.iresnet.benchmark.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iresnet.benchmark.worker.WorkerProcess;
import dev.iresnet.benchmark.worker.Workers;
import dev.iresnet.chaos.harness.ResultStream;
import dev.iresnet.chaos.process.Waiting;
import dev.iresnet.proving.feed.FeedPlan;
import dev.iresnet.proving.verify.Latencies;
import dev.iresnet.schemas.avro.TimeSpent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A job that stands ready, with its broker and its feed, each a process. What it starts it closes.
 */
public final class Standing implements AutoCloseable {
    /** Frames that each subtask of the job has in flight at most, the product's default. */
    public static final int IN_FLIGHT = 128;

    private static final Duration LONGEST = Duration.ofMinutes(4);

    private final Broker broker;
    private final WorkerProcess feed;
    private final WorkerProcess job;
    private final Results results;
    private long seed;

    private Standing(Broker broker, WorkerProcess feed, WorkerProcess job) {
        this.broker = broker;
        this.feed = feed;
        this.job = job;
        this.results = Results.open(broker.bootstrapServers(), Broker.OUTPUT);
    }

    /**
     * How the job is set up.
     *
     * @param model directory of a version
     * @param stand in for the model of that directory
     * @param options of the job, besides its ends and its model
     */
    public record Plan(Path model, int parallelism, StandIn stand, List<String> options) {
        public Plan {
            options = List.copyOf(options);
        }
    }

    /**
     * Starts all of it.
     *
     * @param pictures directory of the feed's
     */
    public static Standing open(Workers workers, Plan plan, Path pictures) throws IOException {
        List<AutoCloseable> started = new ArrayList<>();
        try {
            Broker broker = Broker.start(workers.directory());
            started.add(broker);
            WorkerProcess feed =
                    workers.start(
                            "feed",
                            FeedWorker.class,
                            "512m",
                            new FeedWorker.Task(broker.bootstrapServers(), pictures.toString()));
            started.add(feed);
            WorkerProcess job =
                    workers.start(
                            "job",
                            JobWorker.class,
                            "1536m",
                            new JobWorker.Task(
                                    arguments(broker, plan), plan.parallelism(), plan.stand()));
            started.add(job);
            return new Standing(broker, feed, job);
        } catch (IOException | RuntimeException e) {
            for (AutoCloseable one : started) {
                closeQuietly(one);
            }
            throw e;
        }
    }

    private static List<String> arguments(Broker broker, Plan plan) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--kafka.bootstrap.servers=" + broker.bootstrapServers(),
                                "--input.topics=" + Broker.INPUT,
                                "--input.starting-offsets=earliest",
                                "--input.max-in-flight=" + IN_FLIGHT,
                                "--output.topic=" + Broker.OUTPUT,
                                "--model.path=" + plan.model()));
        arguments.addAll(plan.options());
        return arguments;
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** Sends frames into a topic; returns when the last is acknowledged. */
    public void feed(String topic, int rawSide, FeedPlan plan) throws IOException {
        feed.ask(new FeedWorker.Order(topic, rawSide, plan));
    }

    /** A plan of frames that come all at once, each time others. */
    public FeedPlan burst(int cameras, long frames) {
        seed++;
        return new FeedPlan(cameras, 0, frames, seed);
    }

    /** Feeds the job, and waits for what it makes of it. */
    public List<ConsumerRecord<byte[], byte[]>> label(int rawSide, FeedPlan plan)
            throws IOException {
        feed(Broker.INPUT, rawSide, plan);
        try {
            return results.await(plan.frames(), LONGEST);
        } catch (IOException e) {
            // tells why, if it knows
            usage();
            throw e;
        }
    }

    /**
     * A frame's times, microseconds since 1970.
     *
     * @param capturedMicros when it was due
     * @param sentMicros when the job gave its result to the producer, in whole milliseconds
     * @param seenMicros when a consumer of committed records had it
     * @param spent in the job, as the result says
     */
    public record Timed(long capturedMicros, long sentMicros, long seenMicros, TimeSpent spent) {

        private static Timed of(ResultStream.Seen seen) {
            return new Timed(
                    micros(seen.capturedAt()),
                    micros(seen.sentAt()),
                    micros(seen.seenAt()),
                    seen.result().getTimings());
        }

        /**
         * From the moment when frames were meant to be captured, which a feed that falls behind
         * cannot hide (no coordinated omission), until their results were given to the producer.
         */
        public static Latencies untilSent(List<Timed> frames) {
            Latencies latencies = new Latencies();
            // a record's time has milliseconds only, and so may lie before its frame's
            frames.forEach(one -> latencies.addMicros(one.sentMicros - one.capturedMicros));
            return latencies;
        }

        /** The same, until a consumer of committed records had them. */
        public static Latencies untilSeen(List<Timed> frames) {
            Latencies latencies = new Latencies();
            frames.forEach(one -> latencies.addMicros(one.seenMicros - one.capturedMicros));
            return latencies;
        }
    }

    /**
     * Feeds the job at the plan's pace, and watches its results as they are committed.
     *
     * @return the frames, by the time of their capture
     */
    public List<Timed> watch(int rawSide, FeedPlan plan) throws IOException {
        List<Timed> frames = Collections.synchronizedList(new ArrayList<>());
        long begin = micros(Instant.now());
        try (ResultStream results =
                ResultStream.open(
                        broker.bootstrapServers(),
                        Broker.OUTPUT,
                        seen -> {
                            Timed frame = Timed.of(seen);
                            // earlier frames' results may have been sent and not committed then
                            if (frame.capturedMicros() >= begin) {
                                frames.add(frame);
                            }
                        })) {
            label(rawSide, plan);
            if (!Waiting.within(LONGEST, () -> frames.size() >= plan.frames())) {
                throw new IOException(
                        "of %d results %d were committed; %s"
                                .formatted(plan.frames(), frames.size(), results.failure()));
            }
        }
        return frames.stream().sorted(Comparator.comparingLong(Timed::capturedMicros)).toList();
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    /** Drops what is in these topics; what is needed of it was read before. */
    public void forget(List<String> topics) throws IOException {
        broker.forget(topics);
    }

    /** What the job's process has used since the last time; see {@link JobWorker}. */
    public JsonNode usage() throws IOException {
        return job.ask(Map.of());
    }

    @Override
    public void close() {
        results.close();
        job.close();
        feed.close();
        broker.close();
    }

    private static void closeQuietly(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            // what failed first is told
        }
    }
}
