package dev.iresnet.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.Condition;
import dev.iresnet.decoding.fetch.FetchPolicy;
import dev.iresnet.decoding.fetch.FetchState;
import dev.iresnet.decoding.fetch.Fetching;
import dev.iresnet.decoding.fetch.ImageStore;
import dev.iresnet.engine.FakeModel;
import dev.iresnet.engine.Host;
import dev.iresnet.engine.ModelSupply;
import dev.iresnet.engine.ShedReason;
import dev.iresnet.event.FailureCode;
import dev.iresnet.event.RawRecord;
import dev.iresnet.event.Records;
import dev.iresnet.inference.Pictures.Fate;
import dev.iresnet.result.FrameFailure;
import dev.iresnet.result.FrameOutcome;
import dev.iresnet.result.FrameResult;
import dev.iresnet.result.Timings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Frames whose pictures are in a store, beside those of "door", which carry theirs. */
@Timeout(60)
final class EngineFetchTest {
    private static final Duration MAX_AGE = Duration.ofSeconds(2);
    private static final Instant CAPTURED = Instant.ofEpochMilli(Records.TIMESTAMP);
    private static final FetchPolicy POLICY = policy(Duration.ZERO);

    private final FakeStore store = new FakeStore();
    private final FakeModel model = FakeModel.open();
    private final AtomicReference<Instant> wall = new AtomicReference<>(CAPTURED);

    /** What has passed for the engine besides real time. */
    private final AtomicLong skipped = new AtomicLong();

    @AfterEach
    void letThreadsGo() {
        store.letGo("gate");
    }

    @Test
    void labelsAPictureThatTheEventOnlyRefersTo() throws Exception {
        try (InferencePipeline engine = engine(POLICY, Duration.ZERO)) {
            CompletableFuture<FrameOutcome> promise = submit(engine, "gate", 13);

            FrameResult labeled = Rig.labeled(promise);
            assertThat(labeled.labels().get(0).index()).isEqualTo(Pictures.classOf(13));
            assertThat(labeled.source().offset()).isEqualTo(13);
            Timings timings = labeled.timings();
            assertThat(timings.fetch()).isPositive();
            assertThat(timings.decode()).isPositive();
            assertThat(engine.fetching().bytes()).isEqualTo(Pictures.CROP_BYTES);
            Condition.await("memory is given back", () -> engine.fetching().memory() == 0);
            assertThat(Rig.labeled(Rig.submit(engine, Pictures.record(2))).timings().fetch())
                    .isZero();
        }
    }

    @Test
    void framesWithTheirPicturesPassThoseThatWaitForAStore() throws Exception {
        store.hang("gate");
        try (InferencePipeline engine = engine(POLICY, Duration.ZERO)) {
            List<CompletableFuture<FrameOutcome>> waiting = submitAll(engine, "gate", 0, 20);
            Condition.await("all threads read", () -> store.hanging("gate") == 4);

            for (CompletableFuture<FrameOutcome> promise : submitDoor(engine, 100, 200)) {
                Rig.labeled(promise);
            }
            // What comes from another store needs a thread that reads.
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            store.letGo("gate");
            for (CompletableFuture<FrameOutcome> promise : waiting) {
                Rig.labeled(promise);
            }
        }
    }

    @Test
    void aStoreThatIsDownIsWaitedForAndNothingIsDropped() throws Exception {
        store.goDown("gate");
        try (InferencePipeline engine = engine(POLICY, Duration.ZERO)) {
            List<CompletableFuture<FrameOutcome>> waiting = submitAll(engine, "gate", 0, 50);
            Condition.await("it is known", () -> engine.fetching().storesDown() == 1);
            Condition.await("and asked", () -> store.opens.get() > 6);
            // As after a long night.
            skipped.addAndGet(Duration.ofHours(10).toNanos());
            int asked = store.opens.get();
            Condition.await("and asked again", () -> store.opens.get() > asked + 2);
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            Rig.labeled(submit(engine, "other", 60));

            store.comeUp("gate");
            for (int i = 0; i < 50; i++) {
                assertThat(Rig.labeled(waiting.get(i)).source().offset()).isEqualTo(i);
            }
            assertThat(engine.fetching().storesDown()).isZero();
            assertThat(engine.fetching().waiting()).isZero();
        }
    }

    @Test
    void withPatienceWhatDoesNotComeBecomesADeadLetter() throws Exception {
        store.goDown("gate");
        try (InferencePipeline engine = engine(policy(Duration.ofMinutes(5)), Duration.ZERO)) {
            List<CompletableFuture<FrameOutcome>> waiting = submitAll(engine, "gate", 0, 6);
            Condition.await("it is known", () -> engine.fetching().storesDown() == 1);
            Condition.await("all are known", () -> known(engine) == 6);
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            skipped.addAndGet(Duration.ofMinutes(6).toNanos());
            for (CompletableFuture<FrameOutcome> promise : waiting) {
                FrameFailure failed = Rig.failed(promise);
                assertThat(failed.code()).isEqualTo(FailureCode.IMAGE_UNREACHABLE);
                assertThat(failed.message()).contains("references.patience, PT5M");
            }
        }
    }

    @Test
    void aReadThatHangsIsTriedAgainOnAnotherThread() throws Exception {
        store.hang("gate");
        try (InferencePipeline engine = engine(POLICY, Duration.ZERO)) {
            CompletableFuture<FrameOutcome> promise = submit(engine, "gate", 1);
            Condition.await("it hangs", () -> store.hanging("gate") == 1);
            skipped.addAndGet(Duration.ofSeconds(31).toNanos());
            Condition.await("it is given up", () -> engine.fetching().stuck() == 1);
            Condition.await("another one hangs", () -> store.hanging("gate") == 2);
            assertThat(promise).isNotDone();

            store.letGo("gate");
            Rig.labeled(promise);
            Condition.await("both are back", () -> engine.fetching().stuck() == 0);
            Condition.await("memory is given back", () -> engine.fetching().memory() == 0);
        }
    }

    @Test
    void threadsThatReadsTakeAwayAreBoundedAndWorkAgainWhenTheyComeBack() throws Exception {
        store.hang("gate");
        try (InferencePipeline engine = engine(POLICY, Duration.ZERO)) {
            List<CompletableFuture<FrameOutcome>> waiting = submitAll(engine, "gate", 0, 30);
            Condition.await("all read", () -> store.hanging("gate") == 4);
            // The store is down from now on: one more a time-out.
            for (int lost = 4; lost < 8; lost++) {
                int before = lost;
                skipped.addAndGet(Duration.ofSeconds(61).toNanos());
                Condition.await("lost", () -> engine.fetching().stuck() == before);
                Condition.await("asked", () -> store.hanging("gate") == before + 1);
            }
            skipped.addAndGet(Duration.ofSeconds(61).toNanos());
            Condition.await("all are lost", () -> engine.fetching().stuck() == 8);
            skipped.addAndGet(Duration.ofHours(1).toNanos());

            assertThat(fetchers()).isEqualTo(8);
            assertThat(store.hanging("gate")).isEqualTo(8);
            store.letGo("gate");
            for (CompletableFuture<FrameOutcome> promise : waiting) {
                Rig.labeled(promise);
            }
            Condition.await("four are enough", () -> fetchers() == 4);
        }
    }

    @Test
    void noMoreIsReadAtOnceThanThreadsAndMemoryAllow() throws Exception {
        FetchPolicy narrow =
                new FetchPolicy(
                        4,
                        2 * Pictures.CROP_BYTES + 1,
                        Duration.ofSeconds(30),
                        Duration.ofMillis(10),
                        Duration.ZERO);
        store.hang("gate");
        try (InferencePipeline engine = engine(narrow, Duration.ZERO)) {
            List<CompletableFuture<FrameOutcome>> waiting = submitAll(engine, "gate", 0, 30);
            Condition.await("two read", () -> store.hanging("gate") == 2);
            assertThat(engine.fetching().running()).isEqualTo(2);
            assertThat(engine.fetching().memory()).isEqualTo(2 * Pictures.CROP_BYTES);
            store.letGo("gate");
            for (CompletableFuture<FrameOutcome> promise : waiting) {
                Rig.labeled(promise);
            }
            assertThat(store.mostAtOnce.get()).isEqualTo(2);
        }
    }

    @Test
    void aFrameThatGrowsTooOldWhileItWaitsIsShed() throws Exception {
        store.goDown("gate");
        try (InferencePipeline engine = engine(POLICY, MAX_AGE)) {
            List<CompletableFuture<FrameOutcome>> waiting = submitAll(engine, "gate", 0, 6);
            Condition.await("they are tried", () -> engine.fetching().retries() > 3);
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            wall.set(CAPTURED.plus(MAX_AGE).plusMillis(1));

            for (CompletableFuture<FrameOutcome> promise : waiting) {
                FrameResult answer = (FrameResult) Rig.shed(promise, ShedReason.AGE);
                assertThat(answer.status()).isEqualTo(FrameResult.Status.STALE);
                assertThat(answer.timings().fetch()).isPositive();
            }
            assertThat(engine.fetching().waiting()).isZero();
        }
    }

    @Test
    void aFrameThatGrewTooOldWhileItWasReadIsNotDecoded() throws Exception {
        store.hang("gate");
        try (InferencePipeline engine = engine(POLICY, MAX_AGE)) {
            // Decoding this one would fail.
            RawRecord corrupt = Pictures.record("gate", 1, Fate.CORRUPT);
            store.put("gate", corrupt);
            CompletableFuture<FrameOutcome> promise = Rig.submit(engine, corrupt);
            Condition.await("it hangs", () -> store.hanging("gate") == 1);
            wall.set(CAPTURED.plus(MAX_AGE).plusMillis(1));
            store.letGo("gate");

            Rig.shed(promise, ShedReason.AGE);
            Condition.await("memory is given back", () -> engine.fetching().memory() == 0);
        }
    }

    @Test
    void whatAStoreWillNeverGiveFailsAloneWithItsCode() throws Exception {
        try (InferencePipeline engine = engine(POLICY, Duration.ZERO)) {
            byte[] good = Remote.bytes(Pictures.record("gate", 1, Fate.GOOD)).array();
            byte[] longer = Arrays.copyOf(good, good.length + 1);
            byte[] other = good.clone();
            other[good.length - 1] ^= 1;
            store.put("gate", 2, longer);
            store.put("gate", 3, Arrays.copyOf(good, good.length - 1));
            store.put("gate", 4, other);
            store.refuse("gate", 5, FailureCode.IMAGE_ACCESS_DENIED);
            List<FailureCode> expected =
                    List.of(
                            FailureCode.IMAGE_NOT_FOUND,
                            FailureCode.IMAGE_SIZE_MISMATCH,
                            FailureCode.IMAGE_SIZE_MISMATCH,
                            FailureCode.IMAGE_DIGEST_MISMATCH,
                            FailureCode.IMAGE_ACCESS_DENIED);
            List<CompletableFuture<FrameOutcome>> bad = new ArrayList<>();
            for (int i = 1; i <= expected.size(); i++) {
                bad.add(Rig.submit(engine, Pictures.record("gate", i, Fate.GOOD)));
            }
            for (int i = 0; i < expected.size(); i++) {
                assertThat(Rig.failed(bad.get(i)).code()).isEqualTo(expected.get(i));
            }
            RawRecord corrupt = Pictures.record("gate", 6, Fate.CORRUPT);
            store.put("gate", corrupt);
            assertThat(Rig.failed(Rig.submit(engine, corrupt)).code())
                    .isEqualTo(FailureCode.IMAGE_CORRUPT);
            Rig.labeled(submit(engine, "gate", 7));
            assertThat(engine.fetching().retries()).isZero();
            Condition.await("memory is given back", () -> engine.fetching().memory() == 0);
        }
    }

    @Test
    void whatIsWaitedForByNobodyIsNotFetched() throws Exception {
        store.hang("gate");
        try (InferencePipeline engine = engine(POLICY, Duration.ZERO)) {
            submitAll(engine, "gate", 0, 4);
            Condition.await("all threads read", () -> store.hanging("gate") == 4);
            List<CompletableFuture<FrameOutcome>> more = submitAll(engine, "gate", 4, 40);
            Condition.await("they wait", () -> engine.fetching().waiting() == 36);
            more.forEach(promise -> promise.cancel(false));

            Condition.await("they wait no more", () -> engine.fetching().waiting() == 0);
            Condition.await("they are forgotten", () -> engine.pending() == 4);
            assertThat(store.opens.get()).isEqualTo(4);
            store.letGo("gate");
        }
    }

    @Test
    void closingEndsPromisesThoughReadsHang() throws Exception {
        store.hang("gate");
        List<CompletableFuture<FrameOutcome>> waiting;
        CompletableFuture<Void> letGo;
        try (InferencePipeline engine = engine(POLICY, Duration.ZERO)) {
            waiting = submitAll(engine, "gate", 0, 20);
            Condition.await("all threads read", () -> store.hanging("gate") == 4);
            letGo =
                    CompletableFuture.runAsync(
                            () -> {
                                Condition.await("promises end", () -> !engine.isUsable());
                                store.letGo("gate");
                            });
        }
        letGo.get(30, TimeUnit.SECONDS);
        for (CompletableFuture<FrameOutcome> promise : waiting) {
            assertThatThrownBy(promise::join).isInstanceOf(CancellationException.class);
        }
        Condition.await("no thread is left", () -> fetchers() == 0);
    }

    @Test
    void aStoreInTroubleLosesAndRepeatsNothing() throws Exception {
        Random random = new Random(7);
        ImageStore shaky =
                uri -> {
                    synchronized (random) {
                        switch (random.nextInt(6)) {
                            case 0 -> throw new IOException("503 slow down");
                            case 1 -> throw new IllegalStateException("pool shut down");
                            default -> {}
                        }
                    }
                    return store.open(uri);
                };
        try (InferencePipeline engine = engine(shaky, POLICY, Duration.ZERO)) {
            List<CompletableFuture<FrameOutcome>> mixed = new ArrayList<>();
            for (int i = 0; i < 600; i++) {
                mixed.add(submit(engine, i % 3 == 0 ? "door" : "camera-" + i % 5, i));
            }
            for (int i = 0; i < mixed.size(); i++) {
                FrameResult labeled = Rig.labeled(mixed.get(i));
                assertThat(labeled.source().offset()).isEqualTo(i);
                assertThat(labeled.labels().get(0).index()).isEqualTo(Pictures.classOf(i));
            }
            assertThat(engine.fetching().retries()).isPositive();
            assertThat(engine.fetching().bytes()).isEqualTo(400L * Pictures.CROP_BYTES);
            assertThat(model.batches.stream().mapToInt(List::size).sum()).isEqualTo(600);
        }
    }

    private long nanos() {
        return System.nanoTime() + skipped.get();
    }

    private InferencePipeline engine(FetchPolicy policy, Duration maxAge) {
        return engine(store, policy, maxAge);
    }

    private InferencePipeline engine(ImageStore from, FetchPolicy policy, Duration maxAge) {
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

    private static FetchPolicy policy(Duration patience) {
        return new FetchPolicy(
                4, 1 << 20, Duration.ofSeconds(30), Duration.ofMillis(200), patience);
    }

    private CompletableFuture<FrameOutcome> submit(
            InferencePipeline engine, String camera, int number) {
        RawRecord record = Pictures.record(camera, number, Fate.GOOD);
        store.put(camera, record);
        return Rig.submit(engine, record);
    }

    private List<CompletableFuture<FrameOutcome>> submitAll(
            InferencePipeline engine, String camera, int from, int to) {
        List<CompletableFuture<FrameOutcome>> promises = new ArrayList<>();
        for (int i = from; i < to; i++) {
            promises.add(submit(engine, camera, i));
        }
        return promises;
    }

    private List<CompletableFuture<FrameOutcome>> submitDoor(
            InferencePipeline engine, int from, int to) {
        return submitAll(engine, "door", from, to);
    }

    private static int known(InferencePipeline engine) {
        FetchState state = engine.fetching();
        return state.waiting() + state.running();
    }

    /** Threads that read, hang or wait for pictures. */
    private static long fetchers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("iresnet-fetcher"))
                .count();
    }
}
