package dev.iresnet.benchmark.job;

import dev.iresnet.benchmark.job.Standing.Timed;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Where frames spend their time from capture to send: means, milliseconds.
 *
 * @param outside the job: on their way through Kafka, and from their batch to the producer
 * @param queue for a decoder
 * @param decode to crops
 * @param batchWait for the device
 * @param inference of their batches
 * @param batchSize of their batches, frames
 */
public record WhereTimeGoes(
        double outside,
        double queue,
        double decode,
        double batchWait,
        double inference,
        double batchSize) {
    private static final double MICROS_PER_MILLI = 1000;

    /** Of any frames, at least one. */
    public static WhereTimeGoes of(List<Timed> frames) {
        return new WhereTimeGoes(
                mean(frames, WhereTimeGoes::outside) / MICROS_PER_MILLI,
                mean(frames, frame -> frame.spent().getQueueMicros()) / MICROS_PER_MILLI,
                mean(frames, frame -> frame.spent().getDecodeMicros()) / MICROS_PER_MILLI,
                mean(frames, frame -> frame.spent().getBatchWaitMicros()) / MICROS_PER_MILLI,
                mean(frames, frame -> frame.spent().getInferenceMicros()) / MICROS_PER_MILLI,
                mean(frames, frame -> frame.spent().getBatchSize()));
    }

    /** Of the frames that took longest, at least one. */
    public static WhereTimeGoes ofSlowest(List<Timed> frames, double share) {
        return of(
                frames.stream()
                        .sorted(Comparator.comparingLong(WhereTimeGoes::toSend).reversed())
                        .limit(Math.max(1, Math.round(share * frames.size())))
                        .toList());
    }

    /**
     * What frames that had their batch for themselves took in the job, decoding and device,
     * microseconds: with everything that shares the cores with them.
     */
    public static double[] servicesOfSingles(List<Timed> frames) {
        return frames.stream()
                .map(Timed::spent)
                .filter(spent -> spent.getBatchSize() == 1)
                .mapToDouble(spent -> spent.getDecodeMicros() + spent.getInferenceMicros())
                .toArray();
    }

    private static long outside(Timed frame) {
        return toSend(frame)
                - frame.spent().getQueueMicros()
                - frame.spent().getDecodeMicros()
                - frame.spent().getBatchWaitMicros()
                - frame.spent().getInferenceMicros();
    }

    private static long toSend(Timed frame) {
        return frame.sentMicros() - frame.capturedMicros();
    }

    private static double mean(List<Timed> frames, ToDoubleFunction<Timed> value) {
        return frames.stream().mapToDouble(value).average().orElseThrow();
    }
}
