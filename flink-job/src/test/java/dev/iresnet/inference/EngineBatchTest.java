package dev.iresnet.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.Condition;
import dev.iresnet.engine.FakeModel;
import dev.iresnet.engine.Host;
import dev.iresnet.engine.batch.BatchPolicy;
import dev.iresnet.inference.Pictures.Fate;
import dev.iresnet.result.FrameOutcome;
import dev.iresnet.result.FrameResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which frames share a batch, and when it goes. */
@Timeout(60)
final class EngineBatchTest {

    @Test
    void fillsBatchesWhileTheDeviceIsBusyAndTakesWhatIsReadyWhenItIsFree() throws Exception {
        try (Rig rig = new Rig(FakeModel.gated(), Rig.options(8))) {
            List<CompletableFuture<FrameOutcome>> promises = new ArrayList<>(rig.submitAll(0, 1));
            Condition.await("first batch on the device", rig.model::isHolding);
            promises.addAll(rig.submitAll(1, 200));
            // While 20 batches pass, the decoders are always ahead of the device.
            for (int passed = 1; passed <= 20; passed++) {
                rig.awaitAllCropsTaken();
                rig.model.letPass();
                rig.model.awaitBatches(passed);
                Condition.await("next batch on the device", rig.model::isHolding);
            }
            rig.model.letAllPass();
            for (CompletableFuture<FrameOutcome> promise : promises) {
                Rig.outcome(promise);
            }

            List<Integer> sizes = rig.model.batches.stream().map(List::size).toList();
            assertThat(sizes).first().isEqualTo(1);
            assertThat(sizes.subList(1, 21)).containsOnly(8);
            assertThat(200.0 / sizes.size()).isGreaterThanOrEqualTo(8 / 2.0);
        }
    }

    @Test
    void takesHalfOfWhatWaitsOnceItHasLearnedThatABatchTakesAsLongAsItsFrames() throws Exception {
        AtomicLong now = new AtomicLong();
        Host host = Rig.host(new Host.Clocks(now::get, () -> Rig.NOW));
        try (Rig rig = new Rig(FakeModel.gated(), Rig.options(8), host)) {
            rig.model.spend(now, 50);

            assertThat(batchesOfOneAndThreeMore(rig, 0)).containsExactly(1, 3);
            for (int round = 1; round < 25; round++) {
                batchesOfOneAndThreeMore(rig, 4 * round);
            }
            assertThat(batchesOfOneAndThreeMore(rig, 100)).containsExactly(1, 2, 1);
        }
    }

    /** Sizes of the batches when three frames come while one is on the device. */
    private static List<Integer> batchesOfOneAndThreeMore(Rig rig, int number) {
        int before = rig.model.batches.size();
        var unused = rig.submitAll(number, number + 1);
        Condition.await("the first on the device", rig.model::isHolding);
        unused = rig.submitAll(number + 1, number + 4);
        // of these 4, and each of 2 idle decoders holds a crop
        Condition.await("the others wait", () -> rig.engine.crops().taken() == 4 + 2);
        List<Integer> sizes = List.of();
        while (sizes.stream().mapToInt(Integer::intValue).sum() < 4) {
            Condition.await("a batch on the device", rig.model::isHolding);
            rig.model.letPass();
            rig.model.awaitBatches(before + sizes.size() + 1);
            sizes =
                    rig.model.batches.subList(before, rig.model.batches.size()).stream()
                            .map(List::size)
                            .toList();
        }
        return sizes;
    }

    @Test
    void batchesHoldFramesOfSeveralSubmitters() throws Exception {
        try (Rig rig = new Rig(FakeModel.gated(), Rig.options(8))) {
            List<CompletableFuture<FrameOutcome>> promises = new ArrayList<>(rig.submitAll(0, 1));
            Condition.await("first batch on the device", rig.model::isHolding);
            CompletableFuture<List<CompletableFuture<FrameOutcome>>> left =
                    CompletableFuture.supplyAsync(() -> rig.submitAll(1_000, 1_004));
            CompletableFuture<List<CompletableFuture<FrameOutcome>>> right =
                    CompletableFuture.supplyAsync(() -> rig.submitAll(2_000, 2_004));
            promises.addAll(left.get(30, TimeUnit.SECONDS));
            promises.addAll(right.get(30, TimeUnit.SECONDS));
            // 8 wait, 1 is on the device, and each of 2 idle decoders holds a crop.
            Condition.await("all decoded", () -> rig.engine.crops().taken() == 8 + 1 + 2);
            rig.model.letAllPass();
            for (CompletableFuture<FrameOutcome> promise : promises) {
                Rig.outcome(promise);
            }

            assertThat(rig.model.batches.get(1)).hasSize(8);
            assertThat(rig.model.batches.get(1)).anyMatch(number -> number < 2_000);
            assertThat(rig.model.batches.get(1)).anyMatch(number -> number >= 2_000);
        }
    }

    @Test
    void aFullBatchDoesNotWaitForTheDelay() throws Exception {
        PipelineOptions patient =
                Rig.options(2, 1, new BatchPolicy(4, Duration.ofMinutes(1)), new Labeling(1, 0));
        try (Rig rig = new Rig(FakeModel.open(), patient)) {
            Rig.labeled(rig.submitAll(0, 8));

            assertThat(rig.model.batches).hasSize(2).allMatch(batch -> batch.size() == 4);
        }
    }

    @Test
    void aPartialBatchGoesWhenItsDelayIsOver() throws Exception {
        PipelineOptions patient =
                Rig.options(2, 2, new BatchPolicy(4, Duration.ofMillis(20)), new Labeling(1, 0));
        try (Rig rig = new Rig(FakeModel.open(), patient)) {
            FrameResult labeled = Rig.labeled(rig.submit(Pictures.record(3)));

            assertThat(labeled.timings().batchWait())
                    .isGreaterThanOrEqualTo(Duration.ofMillis(20).toNanos());
        }
    }

    @Test
    void firstOfBatchIsTheFirstLabelledFrameOfEachBatch() throws Exception {
        PipelineOptions single = Rig.options(1, 1, 4);
        try (Rig rig = new Rig(FakeModel.gated(), single)) {
            CompletableFuture<FrameOutcome> alone = rig.submit(Pictures.record(0));
            Condition.await("first batch on the device", rig.model::isHolding);
            List<CompletableFuture<FrameOutcome>> batch = new ArrayList<>();
            for (Fate fate : List.of(Fate.NOT_FINITE, Fate.GOOD, Fate.NOT_FINITE, Fate.GOOD)) {
                batch.add(rig.submit(Pictures.record("door", 1 + batch.size(), fate)));
            }
            Condition.await("all decoded", () -> rig.engine.crops().taken() == 4 + 1 + 1);
            rig.model.letAllPass();

            assertThat(Rig.isFirstOfBatch(alone)).isTrue();
            Rig.failed(batch.get(0));
            assertThat(Rig.isFirstOfBatch(batch.get(1))).isTrue();
            Rig.failed(batch.get(2));
            assertThat(Rig.isFirstOfBatch(batch.get(3))).isFalse();
            assertThat(Rig.labeled(batch.get(3)).timings().batchSize()).isEqualTo(4);
        }
    }
}
