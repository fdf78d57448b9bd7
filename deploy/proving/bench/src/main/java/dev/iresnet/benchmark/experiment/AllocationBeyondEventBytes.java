package dev.iresnet.benchmark.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.benchmark.job.StandIn;
import dev.iresnet.benchmark.job.Standing;
import dev.iresnet.benchmark.stat.Figure;
import dev.iresnet.benchmark.stat.Sample;
import dev.iresnet.benchmark.stat.Steady;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Bytes of heap that a 720p frame costs on its way from ConsumerRecord to sink record: all threads
 * but those of Kafka's own clients, which work before and behind it. A ConsumerRecord has the
 * event's bytes already, so a single copy of them would show. What the rest of the process
 * allocates while no frames come is taken off. The model costs nothing, so that frames are many;
 * its answers have a thousand classes.
 *
 * <p>Results are not compressed here: Kafka's producer makes the buffers of lz4, some 130 kB for
 * each of its batches, on the thread that sends, where they cannot be told from a frame's own
 * bytes.
 */
public final class AllocationBeyondEventBytes implements Experiment {
    private static final Figure FIGURE = Figure.ALLOCATION_BEYOND_EVENT_BYTES;
    private static final int CAMERAS = 16;
    private static final int SIDE = 256;
    private static final int CLASSES = 1000;
    private static final int FEWEST = 400;

    @Override
    public List<Figure> figures() {
        return List.of(FIGURE);
    }

    @Override
    public void run(Bench bench, Findings findings) throws IOException {
        ObjectNode details = Findings.details();
        try (Standing job =
                bench.open(
                        bench.files().version(),
                        1,
                        StandIn.free(SIDE, CLASSES),
                        List.of("--output.compression=none"))) {
            long frames = Math.max(FEWEST, Math.round(100 * bench.seconds()));
            // what the compiler finds to stay in a method is no longer allocated
            Steady.cost(() -> round(job, frames, details));
            List<Double> perFrame = new ArrayList<>();
            for (int round = 0; round < bench.rounds(); round++) {
                perFrame.add(round(job, frames, details));
            }
            Sample sample = new Sample(perFrame);
            bench.say("%.0f ± %.0f bytes a frame", sample.median(), sample.spread());
            details.put("framesARound", frames);
            findings.measured(FIGURE, sample, details);
        }
    }

    /** Bytes a frame. */
    private static double round(Standing job, long frames, ObjectNode details) throws IOException {
        job.usage();
        long start = System.nanoTime();
        job.label(0, job.burst(CAMERAS, frames));
        long taken = System.nanoTime() - start;
        JsonNode busy = job.usage().path("allocated");
        pause(taken);
        JsonNode idle = job.usage().path("allocated");
        ObjectNode kinds = details.putObject("bytesAFrameInTheLastRound");
        busy.fieldNames()
                .forEachRemaining(kind -> kinds.put(kind, beyond(busy, idle, kind) / frames));
        return (beyond(busy, idle, "FRAMES") + Math.max(0, beyond(busy, idle, "REST"))) / frames;
    }

    private static double beyond(JsonNode busy, JsonNode idle, String kind) {
        return busy.path(kind).asDouble() - idle.path(kind).asDouble();
    }

    private static void pause(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while nothing happened", e);
        }
    }
}
