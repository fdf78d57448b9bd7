package dev.iresnet.inference;

import static java.util.Objects.requireNonNull;

import dev.iresnet.Condition;
import dev.iresnet.engine.DirectMemory;
import dev.iresnet.engine.EngineOptions;
import dev.iresnet.engine.FakeModel;
import dev.iresnet.engine.Host;
import dev.iresnet.engine.InferenceEngine;
import dev.iresnet.engine.ModelSupply;
import dev.iresnet.engine.ShedReason;
import dev.iresnet.engine.batch.BatchPolicy;
import dev.iresnet.engine.watch.Halt;
import dev.iresnet.event.RawRecord;
import dev.iresnet.result.FrameFailure;
import dev.iresnet.result.FrameListener;
import dev.iresnet.result.FrameOutcome;
import dev.iresnet.result.FrameResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An engine with decoders on fakes, and what tests do with it. */
@SuppressWarnings("CollectionUndefinedEquality") // promises are told apart by identity
public final class Rig implements AutoCloseable {
    public static final Instant NOW = Instant.parse("2025-06-15T12:00:01.000001Z");

    static final Host.Clocks CLOCKS = new Host.Clocks(System::nanoTime, InstantSource.fixed(NOW));

    private static final Halt NO_HALT =
            report -> {
                throw new AssertionError("nothing should hang here: " + report);
            };

    private static final Map<CompletableFuture<?>, Told> TOLD =
            Collections.synchronizedMap(new WeakHashMap<>());

    /** What an outcome does not say. */
    private static final class Told extends FrameListener {
        volatile @Nullable ShedReason reason;
        volatile boolean firstOfBatch;

        @Override
        public void shed(ShedReason why) {
            reason = why;
        }

        @Override
        public void inferred(long nanos, int batchSize, boolean first) {
            super.inferred(nanos, batchSize, first);
            firstOfBatch = first;
        }
    }

    final FakeModel model;
    final Pictures.ObedientCropper cropper = new Pictures.ObedientCropper();
    final PipelineOptions options;
    final InferencePipeline frames;
    final InferenceEngine engine;

    Rig(FakeModel model, PipelineOptions options) {
        this(model, options, host(CLOCKS));
    }

    Rig(FakeModel model, PipelineOptions options, Host host) {
        this(model, options, ModelSupply.NONE, host);
    }

    Rig(FakeModel model, PipelineOptions options, ModelSupply supply) {
        this(model, options, supply, host(CLOCKS));
    }

    private Rig(FakeModel model, PipelineOptions options, ModelSupply supply, Host host) {
        this.model = model;
        this.options = options;
        this.frames =
                InferencePipeline.start(
                        new Stages(Pictures.READER, cropper, model), options, supply, host);
        this.engine = frames.engine();
    }

    /** A process in which nothing should hang. */
    static Host host(Host.Clocks clocks) {
        return host(clocks, Duration.ofSeconds(30));
    }

    static Host host(Host.Clocks clocks, Duration closeGrace) {
        return new Host(clocks, closeGrace, NO_HALT, DirectMemory::now);
    }

    /** Without limits of time or a delay, 1 label. */
    public static PipelineOptions options(int decoders, int devices, int maxBatch) {
        return options(
                decoders, devices, new BatchPolicy(maxBatch, Duration.ZERO), new Labeling(1, 0));
    }

    /** Without limits of time. */
    public static PipelineOptions options(
            int decoders, int devices, BatchPolicy batching, Labeling labeling) {
        return new PipelineOptions(
                new EngineOptions(decoders, devices, batching, Duration.ZERO, Duration.ZERO),
                labeling);
    }

    /** 2 decoders, 1 device, batches of at most {@code maxSize} without delay, 2 labels. */
    static PipelineOptions options(int maxSize) {
        return options(2, 1, new BatchPolicy(maxSize, Duration.ZERO), new Labeling(2, 0.5f));
    }

    /** 2 decoders, 1 device, batches of at most {@code maxSize} without delay, 1 label. */
    static PipelineOptions options(int maxSize, Duration hang, Duration maxAge, boolean fails) {
        return new PipelineOptions(
                new EngineOptions(2, 1, new BatchPolicy(maxSize, Duration.ZERO), hang, maxAge),
                new Labeling(1, 0, fails));
    }

    CompletableFuture<FrameOutcome> submit(RawRecord record) {
        return submit(frames, record);
    }

    /** So that {@link #shed} and {@link #isFirstOfBatch} know of it. */
    static CompletableFuture<FrameOutcome> submit(InferencePipeline frames, RawRecord record) {
        Told told = new Told();
        CompletableFuture<FrameOutcome> promise = frames.submit(record, told);
        TOLD.put(promise, told);
        return promise;
    }

    /** Good pictures with the numbers {@code from} to {@code to - 1}. */
    List<CompletableFuture<FrameOutcome>> submitAll(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> submit(Pictures.record(i))).toList();
    }

    /** Until as many decoded frames wait or are on the device as there can be. */
    void awaitAllCropsTaken() {
        Condition.await(
                "all crops taken", () -> engine.crops().taken() == options.engine().crops());
    }

    static FrameOutcome outcome(CompletableFuture<FrameOutcome> promise) throws Exception {
        return promise.get(30, TimeUnit.SECONDS);
    }

    static FrameResult labeled(CompletableFuture<FrameOutcome> promise) throws Exception {
        FrameResult result = (FrameResult) outcome(promise);
        if (result.status() == FrameResult.Status.STALE) {
            throw new AssertionError("shed: " + result);
        }
        return result;
    }

    static FrameFailure failed(CompletableFuture<FrameOutcome> promise) throws Exception {
        return (FrameFailure) outcome(promise);
    }

    /** What a frame was answered with that was shed for this reason. */
    static FrameOutcome shed(CompletableFuture<FrameOutcome> promise, ShedReason expected)
            throws Exception {
        FrameOutcome outcome = outcome(promise);
        ShedReason reason = requireNonNull(TOLD.get(promise)).reason;
        if (reason != expected) {
            throw new AssertionError("shed for %s: %s".formatted(reason, outcome));
        }
        return outcome;
    }

    static List<FrameResult> labeled(List<CompletableFuture<FrameOutcome>> promises)
            throws Exception {
        List<FrameResult> results = new ArrayList<>();
        for (CompletableFuture<FrameOutcome> promise : promises) {
            results.add(labeled(promise));
        }
        return results;
    }

    static boolean isFirstOfBatch(CompletableFuture<FrameOutcome> labelled) throws Exception {
        labeled(labelled);
        return requireNonNull(TOLD.get(labelled)).firstOfBatch;
    }

    /** The class that a result puts first. */
    static int topLabel(FrameOutcome outcome) {
        return ((FrameResult) outcome).labels().get(0).index();
    }

    @Override
    public void close() {
        model.letAllPass();
        frames.close();
    }
}
