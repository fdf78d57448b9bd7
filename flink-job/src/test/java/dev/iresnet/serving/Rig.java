package dev.iresnet.serving;

import dev.iresnet.Condition;
import dev.iresnet.event.RawRecord;
import dev.iresnet.serving.batch.BatchPolicy;
import dev.iresnet.serving.watch.Halt;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** An engine on fakes, and what tests do with it. */
final class Rig implements AutoCloseable {
    static final Instant NOW = Instant.parse("2025-06-15T12:00:01.000001Z");

    static final Clocks CLOCKS = new Clocks(System::nanoTime, InstantSource.fixed(NOW));

    static final Halt NO_HALT =
            report -> {
                throw new AssertionError("nothing should hang here: " + report);
            };

    final FakeModel model;
    final Pictures.ObedientCropper cropper = new Pictures.ObedientCropper();
    final EngineOptions options;
    final Engine engine;

    Rig(FakeModel model, EngineOptions options) {
        this(model, options, Duration.ofSeconds(30));
    }

    Rig(FakeModel model, EngineOptions options, Duration closeGrace) {
        this(model, options, new Host(CLOCKS, closeGrace, NO_HALT, DirectMemory::now));
    }

    Rig(FakeModel model, EngineOptions options, Host host) {
        this(model, options, ModelSupply.NONE, host);
    }

    Rig(FakeModel model, EngineOptions options, ModelSupply supply) {
        this(
                model,
                options,
                supply,
                new Host(CLOCKS, Duration.ofSeconds(30), NO_HALT, DirectMemory::now));
    }

    private Rig(FakeModel model, EngineOptions options, ModelSupply supply, Host host) {
        this.model = model;
        this.options = options;
        this.engine =
                Engine.start(new Stages(Pictures.READER, cropper, model), options, supply, host);
    }

    /** 2 decoders, 1 device, batches of at most {@code maxSize} without delay, 2 labels. */
    static EngineOptions options(int maxSize) {
        return new EngineOptions(
                2, 1, new BatchPolicy(maxSize, Duration.ZERO), new Labeling(2, 0.5f));
    }

    CompletableFuture<Outcome> submit(RawRecord record) {
        return engine.submit(record);
    }

    /** Good pictures with the numbers {@code from} to {@code to - 1}. */
    List<CompletableFuture<Outcome>> submitAll(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> submit(Pictures.record(i))).toList();
    }

    /** Until as many decoded frames wait or are on the device as there can be. */
    void awaitAllCropsTaken() {
        Condition.await("all crops taken", () -> engine.cropsTaken() == options.crops());
    }

    static Outcome outcome(CompletableFuture<Outcome> promise) throws Exception {
        return promise.get(30, TimeUnit.SECONDS);
    }

    static Outcome.Labeled labeled(CompletableFuture<Outcome> promise) throws Exception {
        return (Outcome.Labeled) outcome(promise);
    }

    static Outcome.Failed failed(CompletableFuture<Outcome> promise) throws Exception {
        return (Outcome.Failed) outcome(promise);
    }

    @Override
    public void close() {
        model.letAllPass();
        engine.close();
    }
}
