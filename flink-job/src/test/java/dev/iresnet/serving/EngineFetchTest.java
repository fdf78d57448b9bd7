package dev.iresnet.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.Condition;
import dev.iresnet.event.FailureCode;
import dev.iresnet.event.RawRecord;
import dev.iresnet.event.Records;
import dev.iresnet.schemas.avro.ResultStatus;
import dev.iresnet.schemas.avro.TimeSpent;
import dev.iresnet.serving.Pictures.Fate;
import dev.iresnet.serving.batch.BatchPolicy;
import dev.iresnet.serving.fetch.FetchPolicy;
import dev.iresnet.serving.fetch.FetchState;
import dev.iresnet.serving.fetch.Fetching;
import dev.iresnet.serving.fetch.ImageStore;
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
        try (Engine engine = engine(POLICY, Freshness.OFF)) {
            CompletableFuture<Outcome> promise = submit(engine, "gate", 13);

            Outcome.Labeled labeled = Rig.labeled(promise);
            assertThat(labeled.result().getLabels().get(0).getIndex())
                    .isEqualTo(Pictures.classOf(13));
            assertThat(labeled.record().offset()).isEqualTo(13);
            Timings timings = labeled.timings();
            assertThat(timings.fetch()).isPositive();
            assertThat(timings.decode()).isPositive();
            TimeSpent spent = labeled.result().getTimings();
            assertThat(spent.getDecodeMicros())
                    .isEqualTo((timings.fetch() + timings.decode()) / 1000);
            assertThat(engine.fetching().bytes()).isEqualTo(Pictures.CROP_BYTES);
            Condition.await("memory is given back", () -> engine.fetching().memory() == 0);
            assertThat(Rig.labeled(engine.submit(Pictures.record(2))).timings().fetch()).isZero();
        }
    }

    @Test
    void framesWithTheirPicturesPassThoseThatWaitForAStore() throws Exception {
        store.hang("gate");
        try (Engine engine = engine(POLICY, Freshness.OFF)) {
            List<CompletableFuture<Outcome>> waiting = submitAll(engine, "gate", 0, 20);
            Condition.await("all threads read", () -> store.hanging("gate") == 4);

            for (CompletableFuture<Outcome> promise : submitDoor(engine, 100, 200)) {
                Rig.labeled(promise);
            }
            // What comes from another store needs a thread that reads.
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            store.letGo("gate");
            for (CompletableFuture<Outcome> promise : waiting) {
                Rig.labeled(promise);
            }
        }
    }

    @Test
    void aStoreThatIsDownIsWaitedForAndNothingIsDropped() throws Exception {
        store.goDown("gate");
        try (Engine engine = engine(POLICY, Freshness.OFF)) {
            List<CompletableFuture<Outcome>> waiting = submitAll(engine, "gate", 0, 50);
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
                assertThat(Rig.labeled(waiting.get(i)).record().offset()).isEqualTo(i);
            }
            assertThat(engine.fetching().storesDown()).isZero();
            assertThat(engine.fetching().waiting()).isZero();
        }
    }

    @Test
    void withPatienceWhatDoesNotComeBecomesADeadLetter() throws Exception {
        store.goDown("gate");
        try (Engine engine = engine(policy(Duration.ofMinutes(5)), Freshness.OFF)) {
            List<CompletableFuture<Outcome>> waiting = submitAll(engine, "gate", 0, 6);
            Condition.await("it is known", () -> engine.fetching().storesDown() == 1);
            Condition.await("all are known", () -> known(engine) == 6);
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            skipped.addAndGet(Duration.ofMinutes(6).toNanos());
            for (CompletableFuture<Outcome> promise : waiting) {
                Outcome.Failed failed = Rig.failed(promise);
                assertThat(failed.code()).isEqualTo(FailureCode.IMAGE_UNREACHABLE);
                assertThat(failed.message()).contains("references.patience, PT5M");
            }
        }
    }

    @Test
    void aReadThatHangsIsTriedAgainOnAnotherThread() throws Exception {
        store.hang("gate");
        try (Engine engine = engine(POLICY, Freshness.OFF)) {
            CompletableFuture<Outcome> promise = submit(engine, "gate", 1);
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
        try (Engine engine = engine(POLICY, Freshness.OFF)) {
            List<CompletableFuture<Outcome>> waiting = submitAll(engine, "gate", 0, 30);
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
            for (CompletableFuture<Outcome> promise : waiting) {
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
        try (Engine engine = engine(narrow, Freshness.OFF)) {
            List<CompletableFuture<Outcome>> waiting = submitAll(engine, "gate", 0, 30);
            Condition.await("two read", () -> store.hanging("gate") == 2);
            assertThat(engine.fetching().running()).isEqualTo(2);
            assertThat(engine.fetching().memory()).isEqualTo(2 * Pictures.CROP_BYTES);
            store.letGo("gate");
            for (CompletableFuture<Outcome> promise : waiting) {
                Rig.labeled(promise);
            }
            assertThat(store.mostAtOnce.get()).isEqualTo(2);
        }
    }

    @Test
    void aFrameThatGrowsTooOldWhileItWaitsIsShed() throws Exception {
        store.goDown("gate");
        try (Engine engine = engine(POLICY, new Freshness(MAX_AGE, false))) {
            List<CompletableFuture<Outcome>> waiting = submitAll(engine, "gate", 0, 6);
            Condition.await("they are tried", () -> engine.fetching().retries() > 3);
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            wall.set(CAPTURED.plus(MAX_AGE).plusMillis(1));

            for (CompletableFuture<Outcome> promise : waiting) {
                Outcome.Shed shed = (Outcome.Shed) Rig.outcome(promise);
                assertThat(shed.reason()).isEqualTo(ShedReason.AGE);
                Outcome.Labeled answer = (Outcome.Labeled) shed.answer();
                assertThat(answer.result().getStatus()).isEqualTo(ResultStatus.STALE);
                assertThat(answer.timings().fetch()).isPositive();
            }
            assertThat(engine.fetching().waiting()).isZero();
        }
    }

    @Test
    void aFrameThatGrewTooOldWhileItWasReadIsNotDecoded() throws Exception {
        store.hang("gate");
        try (Engine engine = engine(POLICY, new Freshness(MAX_AGE, false))) {
            // Decoding this one would fail.
            RawRecord corrupt = Pictures.record("gate", 1, Fate.CORRUPT);
            store.put("gate", corrupt);
            CompletableFuture<Outcome> promise = engine.submit(corrupt);
            Condition.await("it hangs", () -> store.hanging("gate") == 1);
            wall.set(CAPTURED.plus(MAX_AGE).plusMillis(1));
            store.letGo("gate");

            assertThat(((Outcome.Shed) Rig.outcome(promise)).reason()).isEqualTo(ShedReason.AGE);
            Condition.await("memory is given back", () -> engine.fetching().memory() == 0);
        }
    }

    @Test
    void whatAStoreWillNeverGiveFailsAloneWithItsCode() throws Exception {
        try (Engine engine = engine(POLICY, Freshness.OFF)) {
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
            List<CompletableFuture<Outcome>> bad = new ArrayList<>();
            for (int i = 1; i <= expected.size(); i++) {
                bad.add(engine.submit(Pictures.record("gate", i, Fate.GOOD)));
            }
            for (int i = 0; i < expected.size(); i++) {
                assertThat(Rig.failed(bad.get(i)).code()).isEqualTo(expected.get(i));
            }
            RawRecord corrupt = Pictures.record("gate", 6, Fate.CORRUPT);
            store.put("gate", corrupt);
            assertThat(Rig.failed(engine.submit(corrupt)).code())
                    .isEqualTo(FailureCode.IMAGE_CORRUPT);
            Rig.labeled(submit(engine, "gate", 7));
            assertThat(engine.fetching().retries()).isZero();
            Condition.await("memory is given back", () -> engine.fetching().memory() == 0);
        }
    }

    @Test
    void whatIsWaitedForByNobodyIsNotFetched() throws Exception {
        store.hang("gate");
        try (Engine engine = engine(POLICY, Freshness.OFF)) {
            submitAll(engine, "gate", 0, 4);
            Condition.await("all threads read", () -> store.hanging("gate") == 4);
            List<CompletableFuture<Outcome>> more = submitAll(engine, "gate", 4, 40);
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
        List<CompletableFuture<Outcome>> waiting;
        CompletableFuture<Void> letGo;
        try (Engine engine = engine(POLICY, Freshness.OFF)) {
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
        for (CompletableFuture<Outcome> promise : waiting) {
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
        try (Engine engine = engine(shaky, POLICY, Freshness.OFF)) {
            List<CompletableFuture<Outcome>> mixed = new ArrayList<>();
            for (int i = 0; i < 600; i++) {
                mixed.add(submit(engine, i % 3 == 0 ? "door" : "camera-" + i % 5, i));
            }
            for (int i = 0; i < mixed.size(); i++) {
                Outcome.Labeled labeled = Rig.labeled(mixed.get(i));
                assertThat(labeled.record().offset()).isEqualTo(i);
                assertThat(labeled.result().getLabels().get(0).getIndex())
                        .isEqualTo(Pictures.classOf(i));
            }
            assertThat(engine.fetching().retries()).isPositive();
            assertThat(engine.fetching().bytes()).isEqualTo(400L * Pictures.CROP_BYTES);
            assertThat(model.batches.stream().mapToInt(List::size).sum()).isEqualTo(600);
        }
    }

    private long nanos() {
        return System.nanoTime() + skipped.get();
    }

    private Engine engine(FetchPolicy policy, Freshness freshness) {
        return engine(store, policy, freshness);
    }

    private Engine engine(ImageStore from, FetchPolicy policy, Freshness freshness) {
        EngineOptions options =
                new EngineOptions(
                        2,
                        1,
                        // Room for all, so that no camera has a share.
                        new BatchPolicy(1_000, Duration.ZERO),
                        new Labeling(1, 0),
                        new TimeLimits(Duration.ZERO, freshness));
        Host host =
                new Host(
                        new Clocks(this::nanos, wall::get),
                        Duration.ofSeconds(30),
                        Rig.NO_HALT,
                        DirectMemory::now);
        return Engine.start(
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

    private CompletableFuture<Outcome> submit(Engine engine, String camera, int number) {
        RawRecord record = Pictures.record(camera, number, Fate.GOOD);
        store.put(camera, record);
        return engine.submit(record);
    }

    private List<CompletableFuture<Outcome>> submitAll(
            Engine engine, String camera, int from, int to) {
        List<CompletableFuture<Outcome>> promises = new ArrayList<>();
        for (int i = from; i < to; i++) {
            promises.add(submit(engine, camera, i));
        }
        return promises;
    }

    private List<CompletableFuture<Outcome>> submitDoor(Engine engine, int from, int to) {
        return submitAll(engine, "door", from, to);
    }

    private static int known(Engine engine) {
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
