package dev.iresnet.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.Condition;
import dev.iresnet.decoding.fetch.FetchPolicy;
import dev.iresnet.decoding.fetch.ImageStore;
import dev.iresnet.event.FailureCode;
import dev.iresnet.result.FrameFailure;
import dev.iresnet.result.FrameOutcome;
import dev.iresnet.result.FrameResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Stores that are down or hang, and the threads and the memory that reads take. */
@Timeout(60)
final class EngineStoreOutageTest extends StoreFixture {

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
            Rig.labeled(waiting);
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
            Rig.labeled(waiting);
            assertThat(store.mostAtOnce.get()).isEqualTo(2);
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
}
