package dev.iresnet.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.Condition;
import dev.iresnet.model.DeviceMemoryException;
import dev.iresnet.model.ModelException;
import dev.iresnet.serving.batch.BatchPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A device whose memory is too small for some batches. */
@Timeout(60)
final class EngineMemoryTest {
    /** One decoder, so that frames become ready in the order of their submission. */
    private static final EngineOptions OPTIONS =
            new EngineOptions(1, 1, new BatchPolicy(8, Duration.ZERO), new Labeling(1, 0));

    @Test
    void halvesABatchThatDoesNotFitAndLosesNothing() throws Exception {
        FakeModel model = FakeModel.gated();
        try (Rig rig = new Rig(model, OPTIONS)) {
            List<CompletableFuture<Outcome>> promises = submitBehindAHeldBatch(rig, 17);
            model.fitAtMost(3);
            model.letAllPass();

            for (int i = 0; i < promises.size(); i++) {
                Outcome.Labeled labeled = Rig.labeled(promises.get(i));
                assertThat(labeled.record().offset()).isEqualTo(i);
                assertThat(labeled.result().getLabels().get(0).getIndex())
                        .isEqualTo(Pictures.classOf(i));
            }
            assertThat(model.batches.stream().flatMap(List::stream))
                    .containsExactlyElementsOf(IntStream.range(0, 17).boxed().toList());
            // 8 and 4 did not fit; batches that were sealed later are not tried larger than 2.
            assertThat(rig.engine.outOfMemorySplits()).isEqualTo(2);
            assertThat(rig.engine.batchLimit()).isEqualTo(2);
            assertThat(model.batches).allMatch(batch -> batch.size() <= 2);
            assertThat(labelledBatches(promises)).isEqualTo(model.batches.size());
        }
    }

    @Test
    void triesMoreAgainAfterARest() throws Exception {
        AtomicLong nanos = new AtomicLong();
        FakeModel model = FakeModel.gated();
        Clocks clocks = new Clocks(nanos::get, () -> Rig.NOW);
        try (Rig rig =
                new Rig(
                        model,
                        OPTIONS,
                        new Host(clocks, Duration.ofSeconds(30), Rig.NO_HALT, DirectMemory::now))) {
            List<CompletableFuture<Outcome>> promises = submitBehindAHeldBatch(rig, 9);
            model.fitAtMost(4);
            // The first, the one that does not fit, and its halves.
            model.letPass(4);
            for (CompletableFuture<Outcome> promise : promises) {
                Rig.labeled(promise);
            }
            assertThat(rig.engine.batchLimit()).isEqualTo(4);

            model.fitAtMost(8);
            nanos.addAndGet(Duration.ofMinutes(1).toNanos());
            promises = submitBehindAHeldBatch(rig, 17);
            model.letAllPass();
            for (CompletableFuture<Outcome> promise : promises) {
                Rig.labeled(promise);
            }
            assertThat(rig.engine.batchLimit()).isEqualTo(8);
        }
    }

    @Test
    void aSingleFrameThatDoesNotFitIsFatalAndSaysWhatToDo() {
        FakeModel model = FakeModel.gated();
        try (Rig rig = new Rig(model, OPTIONS)) {
            List<CompletableFuture<Outcome>> promises = rig.submitAll(0, 30);
            rig.awaitAllCropsTaken();
            model.fitAtMost(0);
            model.letAllPass();

            for (CompletableFuture<Outcome> promise : promises) {
                assertThatThrownBy(() -> Rig.outcome(promise))
                        .cause()
                        .isInstanceOf(ModelException.class)
                        .hasMessageContaining("no room for a batch of one frame")
                        .hasMessageContaining("device.visible-gpus")
                        .hasCauseInstanceOf(DeviceMemoryException.class);
            }
            rig.engine.close();
            assertThat(rig.engine.cropsTaken()).isZero();
        }
    }

    /** The first frame is alone on the device, all others are ready behind it. */
    private static List<CompletableFuture<Outcome>> submitBehindAHeldBatch(Rig rig, int count) {
        CompletableFuture<Outcome> first = rig.submit(Pictures.record(0));
        Condition.await("first batch on the device", rig.model::isHolding);
        List<CompletableFuture<Outcome>> rest = rig.submitAll(1, count);
        int taken = Math.min(count + 1, rig.options.crops());
        Condition.await("all decoded", () -> rig.engine.cropsTaken() == taken);
        return Stream.concat(Stream.of(first), rest.stream()).toList();
    }

    private static long labelledBatches(List<CompletableFuture<Outcome>> promises) {
        return promises.stream()
                .map(promise -> (Outcome.Labeled) promise.join())
                .filter(Outcome.Labeled::firstOfBatch)
                .count();
    }
}
