package dev.iresnet.engine;

import dev.iresnet.engine.EngineQueues.ReadySample;
import dev.iresnet.engine.batch.BatchLimit;
import dev.iresnet.engine.batch.BatchTimes;
import dev.iresnet.engine.batch.Batcher;
import dev.iresnet.engine.batch.ReadyQueue;
import dev.iresnet.engine.thread.Deadline;
import dev.iresnet.engine.thread.Promises;
import dev.iresnet.engine.thread.WorkerPool;
import dev.iresnet.engine.watch.InFlightBatches;
import dev.iresnet.engine.watch.UnusableDevice;
import dev.iresnet.engine.watch.Watchdog;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model at work: device threads turn batches of samples into inferences.
 *
 * <p>It stops at the first failure of model, device or process: all promises fail with the reason,
 * those to come at once. It does not try again: its owner closes it and makes another. Two failures
 * are different: a version of the model that was swapped in gives its place back ({@link
 * ModelSlot}), and after one that leaves the device unusable the process is halted.
 *
 * <p>Memory: samples are bounded by {@link EngineOptions#crops}, as each has a crop of {@link
 * #crops}. Thread-safe.
 */
public final class InferenceEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InferenceEngine.class);

    /** From a batch that did not fit the device's memory to the first attempt at more. */
    private static final Duration SHORTEST_REST = Duration.ofMinutes(1);

    private static final Duration LONGEST_REST = Duration.ofHours(1);

    private final EngineQueues queues;
    private final Host host;
    private final ModelSlot slot;
    private final ModelRefresher refresher;
    private final BatchLimit batchLimit;
    private final BatchTimes batchTimes = new BatchTimes();
    private final InFlightBatches onDevice;
    private final Shedder shedder;
    private final Consumer<Throwable> onFailure;
    private final WorkerPool devices;
    private final WorkerPool watchdog;
    private final WorkerPool models;
    private boolean closed;

    /**
     * Does nothing before {@link #start}.
     *
     * @param model the engine's from now on, unless this throws
     * @param supply of other versions of the model
     * @param onFailure hears why the engine has failed, after its promises
     * @throws dev.iresnet.model.ModelException if the crops do not fit the process's direct memory
     */
    public InferenceEngine(
            Model model,
            EngineOptions options,
            ModelSupply supply,
            Host host,
            Consumer<Throwable> onFailure) {
        int cropBytes = model.description().sampleBytes();
        this.host = host;
        this.onFailure = onFailure;
        Host.Clocks clocks = host.clocks();
        DirectMemory.settled(host.directMemory(), options, cropBytes).mustFit(options, cropBytes);
        this.batchLimit = new BatchLimit(options.batching().maxSize(), SHORTEST_REST, LONGEST_REST);
        this.queues =
                new EngineQueues(
                        new CropPool(options.crops(), cropBytes),
                        new ReadyQueue<>(
                                new Batcher<>(
                                        batchLimit::current,
                                        batchTimes,
                                        options.batching().maxDelay()),
                                clocks.nanos()),
                        new Promises<>());
        this.onDevice = new InFlightBatches(options.hang(), clocks.nanos().getAsLong());
        this.slot = new ModelSlot(model, each -> onDevice.watched(each, clocks.wall()));
        this.refresher = new ModelRefresher(supply, slot, queues.pending()::hasEnded);
        this.shedder = new Shedder(options.maxAge(), options.room(), clocks.wall());
        BatchRunner runner =
                new BatchRunner(queues.crops(), batchLimit, batchTimes, clocks.nanos());
        DeviceWorker device = new DeviceWorker(queues, runner, slot, shedder, clocks);
        this.devices =
                new WorkerPool("iresnet-device", options.deviceThreads(), device::run, this::fail);
        this.watchdog =
                new WorkerPool(
                        "iresnet-watchdog",
                        options.hang().isZero() ? 0 : 1,
                        new Watchdog(onDevice, slot::description, clocks.nanos(), host.halt())::run,
                        this::fail);
        this.models =
                new WorkerPool(
                        "iresnet-models",
                        supply.pause().isZero() ? 0 : 1,
                        refresher::run,
                        this::fail);
    }

    /** Starts the threads. */
    public void start() {
        devices.start();
        watchdog.start();
        models.start();
    }

    /**
     * Takes a sample, whose pixels, a crop of {@link #crops}, are the engine's from now on. Never
     * blocks and never refuses: the crops bound the samples.
     *
     * @param capturedAt decides with {@link EngineOptions#maxAge} whether it is shed
     * @param aboveShare as {@link Shedder#isAboveShare} has said when its frame came in
     * @return completes on a thread of the engine, so what depends on it must be short;
     *     exceptionally with a {@link dev.iresnet.model.ModelException} or an {@link Error} when
     *     model, device or process has failed, with a {@link CancellationException} when the engine
     *     has been closed. Cancelling it takes the sample back
     */
    public CompletableFuture<Inference> submit(
            Sample sample, Instant capturedAt, boolean aboveShare) {
        CompletableFuture<Inference> promise = queues.pending().promise();
        queues.add(new ReadySample(sample, capturedAt, aboveShare, promise));
        var unused =
                promise.whenComplete(
                        (inference, failure) -> {
                            if (failure != null) {
                                queues.drop(promise);
                            }
                        });
        return promise;
    }

    /** Where samples get their crops. */
    public CropPool crops() {
        return queues.crops();
    }

    /** By which a frame can be shed before it is decoded. */
    public Shedder shedder() {
        return shedder;
    }

    /** What labels here now. */
    public ModelDescription model() {
        return slot.description();
    }

    /** Versions that gave their place to another, since the start. */
    public long modelSwaps() {
        return slot.swaps();
    }

    /** Versions that could not be used, since the start. */
    public long modelRefusals() {
        return refresher.refusals();
    }

    /** Batches on the device, at most one a device thread. */
    public int batchesInFlight() {
        return onDevice.count();
    }

    /** Samples that a batch may have at present: fewer than configured if memory was short. */
    public int batchLimit() {
        return batchLimit.current();
    }

    /** Batches that did not fit the device's memory and were halved, since the start. */
    public long outOfMemorySplits() {
        return batchLimit.splits();
    }

    /** Whether an engine in its place would begin with a model that this one cannot change to. */
    public boolean waitsForRestart() {
        return refresher.waitsForRestart();
    }

    /** See {@link BatchTimes#framesIn}. */
    public long samplesIn(Duration time) {
        return batchTimes.framesIn(time);
    }

    /** False once it has failed or been closed: it will infer no more. */
    public boolean isUsable() {
        return !queues.pending().hasEnded();
    }

    /** Why it has failed; empty while it has not, also if it has been closed. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(queues.pending().reason())
                .filter(reason -> !(reason instanceof CancellationException));
    }

    /** Ends the engine as if the device had failed. For threads that work for it. */
    public void fail(Throwable reason) {
        // First of all: tasks that hear of the failure restart in this process and would meet it
        // again.
        UnusableDevice.sign(reason)
                .ifPresent(sign -> host.halt().halt(UnusableDevice.report(sign, model(), reason)));
        if (end(reason)) {
            LOG.error("The engine for {} has failed and stops", model().name(), reason);
        }
        onFailure.accept(reason);
    }

    /**
     * Ends all promises. Promises end before the threads, because threads may hang.
     *
     * @return false if that has happened before
     */
    public boolean end(Throwable reason) {
        boolean first = queues.pending().end(reason);
        // one that is just loading ends when it has loaded: a closed slot takes no other model
        models.interrupt();
        queues.ready().close().forEach(ready -> queues.crops().giveBack(ready.sample().pixels()));
        return first;
    }

    @Override
    public void close() {
        close(Deadline.in(host.closeGrace(), host.clocks().nanos()));
    }

    /**
     * Cancels what is under way, then waits for the device and closes the model. A second call does
     * nothing.
     */
    public synchronized void close(Deadline deadline) {
        if (closed) {
            return;
        }
        closed = true;
        end(new CancellationException("the engine has been closed"));
        queues.crops().close();
        if (devices.closeUnlessBusy(deadline, "model", slot::close)) {
            watchdog.interrupt();
            watchdog.join(deadline);
        }
        // Else it watches on: a batch that hangs blocks the device for the next engine, too.
    }
}
