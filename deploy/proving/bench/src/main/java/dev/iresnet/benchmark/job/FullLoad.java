package dev.iresnet.benchmark.job;

import dev.iresnet.benchmark.piece.Steps;
import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.schemas.UnreadableRecordException;
import dev.iresnet.schemas.avro.LabeledResult;
import dev.iresnet.schemas.avro.TimeSpent;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The rate of a job of one subtask that has as much to do as it can, where its batches are large
 * and few: each counts by the part of its time that lies within the time measured. That begins when
 * the job is full for the first time, and ends with the last frame's decoding: before, it mostly
 * decodes, and afterwards it labels what was decoded ahead; neither is its rate.
 */
public final class FullLoad {
    private static final SingleObjectFormat<LabeledResult> RESULTS =
            SingleObjectFormat.ofLabeledResults();

    private FullLoad() {}

    /**
     * Measures it with a burst.
     *
     * @param frames besides those that fill the job up, at least 1
     * @return frames a second
     * @throws IOException if not all are labelled in time
     */
    public static double framesPerSecond(Standing job, int cameras, long frames)
            throws IOException {
        List<LabeledResult> results = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record :
                job.label(0, job.burst(cameras, Standing.IN_FLIGHT + frames))) {
            results.add(read(record));
        }
        return framesPerSecond(results, Standing.IN_FLIGHT);
    }

    /**
     * The rate of a burst.
     *
     * @param results all of them, in any order
     * @param fill frames that the job has in flight when it is full
     * @throws IllegalStateException if they are not more than that
     */
    static double framesPerSecond(List<LabeledResult> results, int fill) {
        if (results.size() <= fill) {
            throw new IllegalStateException(
                    "%d frames, of which %d fill the job, tell no rate"
                            .formatted(results.size(), fill));
        }
        Steps steps = new Steps();
        for (LabeledResult result : results) {
            long end = nanos(result.getInferredAt());
            steps.at(end - nanos(result.getTimings().getInferenceMicros()), end, 1);
        }
        long[] decoded = results.stream().mapToLong(FullLoad::decodedNanos).sorted().toArray();
        return steps.perSecond(decoded[fill - 1], decoded[decoded.length - 1]);
    }

    private static LabeledResult read(ConsumerRecord<byte[], byte[]> record) throws IOException {
        try {
            return RESULTS.decode(record.value());
        } catch (UnreadableRecordException e) {
            throw new IOException("a result of the job cannot be read: " + e.getMessage(), e);
        }
    }

    private static long decodedNanos(LabeledResult result) {
        TimeSpent spent = result.getTimings();
        return nanos(result.getInferredAt())
                - nanos(spent.getInferenceMicros() + spent.getBatchWaitMicros());
    }

    private static long nanos(Instant time) {
        return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
    }

    private static long nanos(long micros) {
        return TimeUnit.MICROSECONDS.toNanos(micros);
    }
}
