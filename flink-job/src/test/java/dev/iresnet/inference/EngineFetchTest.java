package dev.iresnet.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.Condition;
import dev.iresnet.engine.ShedReason;
import dev.iresnet.event.FailureCode;
import dev.iresnet.event.RawRecord;
import dev.iresnet.inference.Pictures.Fate;
import dev.iresnet.result.FrameOutcome;
import dev.iresnet.result.FrameResult;
import dev.iresnet.result.Timings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Frames whose pictures are in a store, beside those of "door", which carry theirs. */
@Timeout(60)
final class EngineFetchTest extends StoreFixture {

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

            Rig.labeled(submitAll(engine, "door", 100, 200));
            // What comes from another store needs a thread that reads.
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            store.letGo("gate");
            Rig.labeled(waiting);
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
}
