package dev.iresnet.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.Condition;
import dev.iresnet.engine.FakeModel;
import dev.iresnet.engine.Host;
import dev.iresnet.model.DeviceMemoryException;
import dev.iresnet.model.ModelException;
import dev.iresnet.result.FrameOutcome;
import dev.iresnet.result.FrameResult;
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
    private static final PipelineOptions OPTIONS = Rig.options(1, 1, 8);

    @Test
    void halvesABatchThatDoesNotFitAndLosesNothing() throws Exception {
        FakeModel model = FakeModel.gated();
        try (Rig rig = new Rig(model, OPTIONS)) {
            List<CompletableFuture<FrameOutcome>> promises = submitBehindAHeldBatch(rig, 17);
            model.fitAtMost(3);
            model.letAllPass();

            for (int i = 0; i < promises.size(); i++) {
                FrameResult labeled = Rig.labeled(promises.get(i));
                assertThat(labeled.source().offset()).isEqualTo(i);
                assertThat(labeled.labels().get(0).index()).isEqualTo(Pictures.classOf(i));
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
        Host.Clocks clocks = new Host.Clocks(nanos::get, () -> Rig.NOW);
        try (Rig rig = new Rig(model, OPTIONS, Rig.host(clocks))) {
            List<CompletableFuture<FrameOutcome>> promises = submitBehindAHeldBatch(rig, 9);
            model.fitAtMost(4);
            // The first, the one that does not fit, and its halves.
            model.letPass(4);
            Rig.labeled(promises);
            assertThat(rig.engine.batchLimit()).isEqualTo(4);

            model.fitAtMost(8);
            nanos.addAndGet(Duration.ofMinutes(1).toNanos());
            promises = submitBehindAHeldBatch(rig, 17);
            model.letAllPass();
            Rig.labeled(promises);
            assertThat(rig.engine.batchLimit()).isEqualTo(8);
        }
    }

    @Test
    void aSingleFrameThatDoesNotFitIsFatalAndSaysWhatToDo() {
        FakeModel model = FakeModel.gated();
        try (Rig rig = new Rig(model, OPTIONS)) {
            List<CompletableFuture<FrameOutcome>> promises = rig.submitAll(0, 30);
            rig.awaitAllCropsTaken();
            model.fitAtMost(0);
            model.letAllPass();

            for (CompletableFuture<FrameOutcome> promise : promises) {
                assertThatThrownBy(() -> Rig.outcome(promise))
                        .cause()
                        .isInstanceOf(ModelException.class)
                        .hasMessageContaining("no room for a batch of one frame")
                        .hasMessageContaining("device.visible-gpus")
                        .hasCauseInstanceOf(DeviceMemoryException.class);
            }
            rig.frames.close();
            assertThat(rig.engine.crops().taken()).isZero();
        }
    }

    /** The first frame is alone on the device, all others are ready behind it. */
    private static List<CompletableFuture<FrameOutcome>> submitBehindAHeldBatch(
            Rig rig, int count) {
        CompletableFuture<FrameOutcome> first = rig.submit(Pictures.record(0));
        Condition.await("first batch on the device", rig.model::isHolding);
        List<CompletableFuture<FrameOutcome>> rest = rig.submitAll(1, count);
        int taken = Math.min(count + 1, rig.options.engine().crops());
        Condition.await("all decoded", () -> rig.engine.crops().taken() == taken);
        return Stream.concat(Stream.of(first), rest.stream()).toList();
    }

    private static long labelledBatches(List<CompletableFuture<FrameOutcome>> promises)
            throws Exception {
        long batches = 0;
        for (CompletableFuture<FrameOutcome> promise : promises) {
            batches += Rig.isFirstOfBatch(promise) ? 1 : 0;
        }
        return batches;
    }
}
