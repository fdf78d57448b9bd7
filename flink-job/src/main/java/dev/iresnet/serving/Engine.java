package dev.iresnet.serving;

import dev.iresnet.event.FrameReader;
import dev.iresnet.event.RawRecord;
import dev.iresnet.image.Preprocessor;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.serving.batch.BatchLimit;
import dev.iresnet.serving.batch.BatchTimes;
import dev.iresnet.serving.batch.Batcher;
import dev.iresnet.serving.batch.ReadyQueue;
import dev.iresnet.serving.fetch.FetchState;
import dev.iresnet.serving.fetch.Fetcher;
import dev.iresnet.serving.thread.Crew;
import dev.iresnet.serving.thread.Deadline;
import dev.iresnet.serving.watch.OnDevice;
import dev.iresnet.serving.watch.UnusableDevice;
import dev.iresnet.serving.watch.Watchdog;
import dev.iresnet.serving.watch.WatchedModel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model at work: decoder threads turn records into crops, device threads turn batches of crops
 * into results.
 *
 * <p>It stops at the first failure of model, device or process: all promises fail with the reason,
 * those to come at once. It does not try again; whoever has it closes it and makes another. Two
 * failures are different: a version of the model that was swapped in gives its place back ({@link
 * ModelSlot}), and after one that leaves the device unusable the process is halted.
 *
 * <p>Memory: decoded frames are bounded by {@link EngineOptions#crops}. Records that wait for a
 * decoder are the caller's to bound.
 */
public final class Engine implements Tagger {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    /** From a batch that did not fit the device's memory to the first attempt at more. */
    private static final Duration SHORTEST_REST = Duration.ofMinutes(1);

    private static final Duration LONGEST_REST = Duration.ofHours(1);

    /** Nothing native hangs on a read, so it is not waited for long. */
    private static final Duration READ_GRACE = Duration.ofSeconds(1);

    private final Flow flow;
    private final FrameReader reader;
    private final DecodingSpeed decodingSpeed = new DecodingSpeed();
    private final int decoderThreads;
    private final Preprocessor cropper;
    private final Host host;
    private final ModelSlot slot;
    private final ModelRefresher refresher;
    private final BatchLimit batchLimit;
    private final OnDevice onDevice;
    private final Shedder shedder;
    private final Fetcher fetcher;
    private final Crew decoders;
    private final Crew devices;
    private final Crew watchdog;
    private final Crew models;
    private boolean closed;

    private Engine(Stages stages, EngineOptions options, ModelSupply supply, Host host) {
        int cropBytes = stages.model().description().preprocessing().cropBytes();
        this.reader = stages.reader();
        this.cropper = stages.cropper();
        this.host = host;
        Clocks clocks = host.clocks();
        DirectMemory.settled(host.directMemory(), options, cropBytes).mustFit(options, cropBytes);
        this.batchLimit = new BatchLimit(options.batching().maxSize(), SHORTEST_REST, LONGEST_REST);
        BatchTimes batchTimes = new BatchTimes();
        this.flow =
                new Flow(
                        new DecoderQueue(),
                        new CropPool(options.crops(), cropBytes),
                        new ReadyQueue<>(
                                new Batcher<>(
                                        batchLimit::current,
                                        batchTimes,
                                        options.batching().maxDelay()),
                                clocks.nanos()),
                        new Pending());
        this.onDevice = new OnDevice(options.limits().hang(), clocks.nanos().getAsLong());
        this.slot =
                new ModelSlot(
                        stages.model(),
                        options.labeling(),
                        model -> new WatchedModel(model, onDevice, clocks.wall()));
        this.refresher = new ModelRefresher(supply, slot, flow.pending()::hasEnded);
        BatchRunner runner = new BatchRunner(flow.crops(), batchLimit, batchTimes, clocks.nanos());
        this.shedder =
                new Shedder(
                        options.limits().freshness(),
                        new FairShare<>(options.room()),
                        slot::labeler,
                        clocks.wall());
        Device device = new Device(flow, runner, slot, shedder, clocks);
        this.fetcher = new Fetcher(stages.fetching(), clocks.nanos(), this::fail);
        PictureDesk desk =
                new PictureDesk(
                        flow,
                        shedder,
                        fetcher,
                        stages.fetching().policy().patience(),
                        clocks.nanos());
        this.decoderThreads = options.decoderThreads();
        Decoder decoder = new Decoder(flow, stages, shedder, desk, decodingSpeed, clocks.nanos());
        this.decoders =
                new Crew("iresnet-decoder", options.decoderThreads(), decoder::run, this::fail);
        this.devices = new Crew("iresnet-device", options.deviceThreads(), device::run, this::fail);
        this.watchdog =
                new Crew(
                        "iresnet-watchdog",
                        options.limits().hang().isZero() ? 0 : 1,
                        new Watchdog(onDevice, slot::description, clocks.nanos(), host.halt())::run,
                        this::fail);
        this.models =
                new Crew(
                        "iresnet-models",
                        supply.pause().isZero() ? 0 : 1,
                        refresher::run,
                        this::fail);
    }

    /** Starts an engine, which from now on owns the cropper and the model and will close them. */
    public static Engine start(Stages stages, EngineOptions options) {
        return start(stages, options, ModelSupply.NONE);
    }

    /** The same with other versions of the model to come. */
    public static Engine start(Stages stages, EngineOptions options, ModelSupply supply) {
        return start(stages, options, supply, Host.SYSTEM);
    }

    static Engine start(Stages stages, EngineOptions options, ModelSupply supply, Host host) {
        Engine engine = new Engine(stages, options, supply, host);
        engine.fetcher.start();
        engine.decoders.start();
        engine.devices.start();
        engine.watchdog.start();
        engine.models.start();
        LOG.info("Started an engine for {} with {}", stages.model().description().name(), options);
        return engine;
    }

    @Override
    public CompletableFuture<Outcome> submit(RawRecord record, LongConsumer decodingLeft) {
        CompletableFuture<Outcome> promise = flow.pending().promise();
        if (!promise.isDone()) {
            flow.add(
                    new Request(
                            record,
                            promise,
                            host.clocks().nanos().getAsLong(),
                            shedder.isAboveShare(record, promise),
                            decodingLeft));
            // The engine outlives the tasks that cancel: their records must not stay in it.
            var unused =
                    promise.whenComplete(
                            (outcome, failure) -> {
                                if (failure != null) {
                                    flow.drop(promise);
                                }
                            });
        }
        return promise;
    }

    @Override
    public long mostWork() {
        return cropper.mostWork();
    }

    /** All decoders together; whoever shares this engine shares them. */
    @Override
    public long decodingIn(Duration time) {
        return (long) (decoderThreads * decodingSpeed.workIn(time));
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

    /** Records submitted and not answered. */
    public int pending() {
        return flow.pending().size();
    }

    /** Batches on the device, at most one a device thread. */
    public int batchesInFlight() {
        return onDevice.count();
    }

    /** Frames that a batch may have at present: fewer than configured if memory was short. */
    public int batchLimit() {
        return batchLimit.current();
    }

    /** Batches that did not fit the device's memory and were halved, since the start. */
    public long outOfMemorySplits() {
        return batchLimit.splits();
    }

    /** How the fetching of referenced pictures goes. */
    public FetchState fetching() {
        return fetcher.state();
    }

    /** False once it has failed or been closed: it will label no more. */
    public boolean isUsable() {
        return !flow.pending().hasEnded();
    }

    /** Why it has failed; empty while it has not, also if it has been closed. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(flow.pending().reason())
                .filter(reason -> !(reason instanceof CancellationException));
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
        // One for all: Flink closes engines on the thread that answers its heartbeats.
        Deadline deadline = Deadline.in(host.closeGrace(), host.clocks().nanos());
        end(new CancellationException("the engine has been closed"));
        if (!fetcher.join(Deadline.in(READ_GRACE, System::nanoTime))) {
            LOG.warn("Reads of referenced pictures hang; their threads are left to themselves");
        }
        flow.crops().close();
        closeUnlessBusy(decoders, deadline, "cropper", cropper::close);
        if (closeUnlessBusy(devices, deadline, "model", slot::close)) {
            watchdog.interrupt();
            watchdog.join(deadline);
        }
        // Else it watches on: a batch that hangs keeps the device from whoever comes next.
    }

    private void fail(Throwable reason) {
        // First of all: a task that hears of the failure restarts here, and would meet it again.
        UnusableDevice.sign(reason)
                .ifPresent(sign -> host.halt().halt(UnusableDevice.report(sign, model(), reason)));
        if (end(reason)) {
            LOG.error("The engine for {} has failed and stops", model().name(), reason);
        }
    }

    /** Promises end first: nobody waits for threads that may hang. */
    private boolean end(Throwable reason) {
        boolean first = flow.pending().end(reason);
        decoders.interrupt();
        // one that is just loading ends when it has loaded: a closed slot takes no other model
        models.interrupt();
        fetcher.end();
        reader.close();
        flow.ready().close().forEach(frame -> flow.crops().giveBack(frame.crop()));
        return first;
    }

    /** Native things that a thread is still using must not be freed under it. */
    private boolean closeUnlessBusy(Crew crew, Deadline deadline, String what, Runnable close) {
        if (!crew.join(deadline)) {
            LOG.error("The {} is still busy after {}, its memory is lost", what, host.closeGrace());
            return false;
        }
        try {
            close.run();
        } catch (RuntimeException e) {
            LOG.warn("Closing the {} failed", what, e);
        }
        return true;
    }
}
