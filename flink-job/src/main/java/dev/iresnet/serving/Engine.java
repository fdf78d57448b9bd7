package dev.iresnet.serving;

import dev.iresnet.event.RawRecord;
import dev.iresnet.model.ModelDescription;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model at work: decoder threads turn records into crops, device threads turn batches of crops
 * into results.
 *
 * <p>It stops at the first failure of model, device or process: all promises fail with the reason,
 * those to come at once. It does not try again; whoever has it closes it and makes another.
 *
 * <p>Memory: decoded frames are bounded by {@link EngineOptions#crops}. Records that wait for a
 * decoder are the caller's to bound.
 */
public final class Engine implements Tagger {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    /** Longest wait for threads at close; a batch on a slow CPU takes seconds. */
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(30);

    /** From a batch that did not fit the device's memory to the first attempt at more. */
    private static final Duration SHORTEST_REST = Duration.ofMinutes(1);

    private static final Duration LONGEST_REST = Duration.ofHours(1);

    private final Flow flow;
    private final Stages stages;
    private final Clocks clocks;
    private final Duration closeGrace;
    private final BatchLimit batchLimit;
    private final BatchRunner runner;
    private final Crew decoders;
    private final Crew devices;
    private boolean closed;

    private Engine(Stages stages, EngineOptions options, Clocks clocks, Duration closeGrace) {
        ModelDescription model = stages.model().description();
        this.stages = stages;
        this.clocks = clocks;
        this.closeGrace = closeGrace;
        this.batchLimit = new BatchLimit(options.batching().maxSize(), SHORTEST_REST, LONGEST_REST);
        this.flow =
                new Flow(
                        new LinkedBlockingQueue<>(),
                        new CropPool(options.crops(), model.preprocessing().cropBytes()),
                        new ReadyQueue<>(
                                new Batcher<>(batchLimit::current, options.batching().maxDelay()),
                                clocks.nanos()),
                        new Pending());
        this.runner = new BatchRunner(stages.model(), flow.crops(), batchLimit, clocks.nanos());
        Device device = new Device(flow, runner, new Labeler(model, options.labeling()), clocks);
        Decoder decoder = new Decoder(flow, stages, clocks.nanos());
        this.decoders =
                new Crew("iresnet-decoder", options.decoderThreads(), decoder::run, this::fail);
        this.devices = new Crew("iresnet-device", options.deviceThreads(), device::run, this::fail);
    }

    /** Starts an engine, which from now on owns the cropper and the model and will close them. */
    public static Engine start(Stages stages, EngineOptions options) {
        return start(stages, options, Clocks.SYSTEM, CLOSE_GRACE);
    }

    static Engine start(Stages stages, EngineOptions options, Clocks clocks, Duration closeGrace) {
        Engine engine = new Engine(stages, options, clocks, closeGrace);
        engine.decoders.start();
        engine.devices.start();
        LOG.info("Started an engine for {} with {}", stages.model().description().name(), options);
        return engine;
    }

    @Override
    public CompletableFuture<Outcome> submit(RawRecord record) {
        CompletableFuture<Outcome> promise = flow.pending().promise();
        if (!promise.isDone()) {
            flow.submitted().add(new Request(record, promise, clocks.nanos().getAsLong()));
        }
        return promise;
    }

    /** What labels here. */
    public ModelDescription model() {
        return stages.model().description();
    }

    /** Records submitted and not answered. */
    public int pending() {
        return flow.pending().size();
    }

    /** Batches on the device, at most one a device thread. */
    public int batchesInFlight() {
        return runner.batchesInFlight();
    }

    /** Frames that a batch may have at present: fewer than configured if memory was short. */
    public int batchLimit() {
        return batchLimit.current();
    }

    /** Batches that did not fit the device's memory and were halved, since the start. */
    public long outOfMemorySplits() {
        return batchLimit.splits();
    }

    /** False once it has failed or been closed: it will label no more. */
    public boolean isUsable() {
        return !flow.pending().hasEnded();
    }

    /** Crops that are being filled, wait, or are on the device. */
    int cropsTaken() {
        return flow.crops().taken();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        end(new CancellationException("the engine has been closed"));
        closeUnlessBusy(decoders, "cropper", stages.cropper()::close);
        closeUnlessBusy(devices, "model", stages.model()::close);
    }

    private void fail(Throwable reason) {
        if (end(reason)) {
            LOG.error("The engine for {} has failed and stops", model().name(), reason);
        }
    }

    /** Promises end first: nobody waits for threads that may hang. */
    private boolean end(Throwable reason) {
        boolean first = flow.pending().end(reason);
        decoders.interrupt();
        flow.ready().close().forEach(frame -> flow.crops().giveBack(frame.crop()));
        flow.submitted().clear();
        return first;
    }

    /** Native things that a thread is still using must not be freed under it. */
    private void closeUnlessBusy(Crew crew, String what, Runnable close) {
        if (!crew.join(closeGrace)) {
            LOG.error("The {} is still busy after {}, its memory is lost", what, closeGrace);
            return;
        }
        try {
            close.run();
        } catch (RuntimeException e) {
            LOG.warn("Closing the {} failed", what, e);
        }
    }
}
