package dev.iresnet.benchmark.experiment;

import dev.iresnet.benchmark.baseline.PlainKafkaLoop;
import dev.iresnet.benchmark.job.Broker;
import dev.iresnet.benchmark.job.Results;
import dev.iresnet.benchmark.job.Standing;
import dev.iresnet.benchmark.worker.WorkerProcess;
import dev.iresnet.chaos.harness.Throughput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Frames on their way through the job, and through the loop that it is held against, over the same
 * broker and from the same feed.
 *
 * @param bursts of a round
 * @param frames of a burst
 */
record Passage(Standing standing, Size size, long bursts, long frames) {
    /** From one transaction to the next, of both. */
    static final int COMMIT_MILLIS = 1000;

    private static final int CAMERAS = 64;
    private static final int DISTINCT = 4096;
    private static final double NOT_WARM = 0.2;
    private static final Duration LONGEST = Duration.ofMinutes(4);

    /**
     * Frames of a size.
     *
     * @param side of the square RGB picture
     */
    record Size(String name, int side) {
        int bytes() {
            return side * side * 3;
        }
    }

    /** Passes frames, and tells when each was sent. */
    private interface Burst {
        long[] sentMillis() throws IOException;
    }

    /** Frames a second of the job, over a round. */
    double job() throws IOException {
        return round(
                () ->
                        Results.sentMillis(
                                standing.label(size.side(), standing.burst(CAMERAS, frames))),
                List.of(Broker.INPUT, Broker.OUTPUT));
    }

    /** Frames a second of the loop, over a round. */
    double plain(WorkerProcess loop, Results results) throws IOException {
        double rate =
                round(
                        () -> {
                            standing.feed(
                                    Broker.PLAIN_INPUT,
                                    size.side(),
                                    standing.burst(CAMERAS, frames));
                            return Results.sentMillis(results.await(frames, LONGEST));
                        },
                        List.of(Broker.PLAIN_INPUT, Broker.PLAIN_OUTPUT));
        loop.ask(Map.of());
        return rate;
    }

    /** Frames a second of all bursts together. */
    private double round(Burst burst, List<String> topics) throws IOException {
        double seconds = 0;
        for (int i = 0; i < bursts; i++) {
            seconds += frames / Throughput.perSecond(burst.sentMillis(), NOT_WARM);
            standing.forget(topics);
        }
        return bursts * frames / seconds;
    }

    Results plainResults() {
        return Results.open(standing.bootstrapServers(), Broker.PLAIN_OUTPUT);
    }

    /** Writes what the job writes. */
    WorkerProcess loop(Bench bench, PlainKafkaLoop.Tuning tuning) throws IOException {
        Path results = bench.directory().root().resolve("results-" + size.name());
        if (Files.notExists(results)) {
            PlainKafkaLoop.write(
                    results,
                    standing.label(size.side(), standing.burst(CAMERAS, DISTINCT)).stream()
                            .map(ConsumerRecord::value)
                            .toList());
        }
        return bench.start(
                "plain-kafka",
                PlainKafkaLoop.class,
                "1g",
                new PlainKafkaLoop.Task(
                        new PlainKafkaLoop.Topics(
                                standing.bootstrapServers(),
                                Broker.PLAIN_INPUT,
                                Broker.PLAIN_OUTPUT),
                        results.toString(),
                        COMMIT_MILLIS,
                        "lz4",
                        tuning));
    }
}
