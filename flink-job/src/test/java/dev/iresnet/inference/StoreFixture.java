package dev.iresnet.inference;

import dev.iresnet.decoding.fetch.FetchPolicy;
import dev.iresnet.decoding.fetch.FetchState;
import dev.iresnet.decoding.fetch.Fetching;
import dev.iresnet.decoding.fetch.ImageStore;
import dev.iresnet.engine.FakeModel;
import dev.iresnet.engine.Host;
import dev.iresnet.engine.ModelSupply;
import dev.iresnet.event.RawRecord;
import dev.iresnet.event.Records;
import dev.iresnet.inference.Pictures.Fate;
import dev.iresnet.result.FrameOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;

/** An engine whose frames have their pictures in a store, but for those of "door". */
abstract class StoreFixture {
    static final Duration MAX_AGE = Duration.ofSeconds(2);
    static final Instant CAPTURED = Instant.ofEpochMilli(Records.TIMESTAMP);
    static final FetchPolicy POLICY = policy(Duration.ZERO);

    final FakeStore store = new FakeStore();
    final FakeModel model = FakeModel.open();
    final AtomicReference<Instant> wall = new AtomicReference<>(CAPTURED);

    /** What has passed for the engine besides real time. */
    final AtomicLong skipped = new AtomicLong();

    @AfterEach
    void letThreadsGo() {
        store.letGo("gate");
    }

    long nanos() {
        return System.nanoTime() + skipped.get();
    }

    InferencePipeline engine(FetchPolicy policy, Duration maxAge) {
        return engine(store, policy, maxAge);
    }

    InferencePipeline engine(ImageStore from, FetchPolicy policy, Duration maxAge) {
        // Room for all, so that no camera has a share.
        PipelineOptions options = Rig.options(1_000, Duration.ZERO, maxAge, false);
        Host host = Rig.host(new Host.Clocks(this::nanos, wall::get));
        return InferencePipeline.start(
                new Stages(
                        Remote.READER,
                        new Fetching(from, policy),
                        new Pictures.ObedientCropper(),
                        model),
                options,
                ModelSupply.NONE,
                host);
    }

    static FetchPolicy policy(Duration patience) {
        return new FetchPolicy(
                4, 1 << 20, Duration.ofSeconds(30), Duration.ofMillis(200), patience);
    }

    CompletableFuture<FrameOutcome> submit(InferencePipeline engine, String camera, int number) {
        RawRecord record = Pictures.record(camera, number, Fate.GOOD);
        store.put(camera, record);
        return Rig.submit(engine, record);
    }

    List<CompletableFuture<FrameOutcome>> submitAll(
            InferencePipeline engine, String camera, int from, int to) {
        List<CompletableFuture<FrameOutcome>> promises = new ArrayList<>();
        for (int i = from; i < to; i++) {
            promises.add(submit(engine, camera, i));
        }
        return promises;
    }

    static int known(InferencePipeline engine) {
        FetchState state = engine.fetching();
        return state.waiting() + state.running();
    }

    /** Threads that read, hang or wait for pictures. */
    static long fetchers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("iresnet-fetcher"))
                .count();
    }
}
