package dev.iresnet.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class EngineCloseTest {

    @Test
    void closingUnderLoadCancelsEverythingWithoutWaitingForTheDevice() throws Exception {
        FakeModel model = FakeModel.gated();
        Rig rig = new Rig(model, Rig.options(4));
        List<CompletableFuture<Outcome>> promises = rig.submitAll(0, 500);
        rig.awaitAllCropsTaken();

        CompletableFuture<Void> closing = CompletableFuture.runAsync(rig.engine::close);

        // The device still holds its batch.
        promises.forEach(EngineCloseTest::assertCancelled);
        assertThat(model.closes).hasValue(0);
        model.letAllPass();
        closing.get(30, TimeUnit.SECONDS);
        assertThat(model.closes).hasValue(1);
        assertThat(rig.cropper.closes).hasValue(1);
        assertThat(rig.engine.cropsTaken()).isZero();
        assertThat(rig.engine.pending()).isZero();
    }

    @Test
    void aSecondCloseDoesNothing() {
        FakeModel model = FakeModel.open();
        Rig rig = new Rig(model, Rig.options(4));

        rig.engine.close();
        rig.engine.close();

        assertThat(model.closes).hasValue(1);
        assertThat(rig.cropper.closes).hasValue(1);
    }

    @Test
    void afterCloseSubmitIsCancelledAtOnce() {
        Rig rig = new Rig(FakeModel.open(), Rig.options(4));
        rig.engine.close();

        CompletableFuture<Outcome> promise = rig.submit(Pictures.record(1));

        assertThat(promise).isDone();
        assertCancelled(promise);
        assertThat(rig.engine.isUsable()).isFalse();
        assertThat(rig.engine.pending()).isZero();
    }

    @Test
    void leavesNoThread() throws Exception {
        Set<Thread> before = engineThreads();
        Rig rig = new Rig(FakeModel.open(), Rig.options(4));
        for (CompletableFuture<Outcome> promise : rig.submitAll(0, 20)) {
            Rig.outcome(promise);
        }
        Set<Thread> during = engineThreads();
        during.removeAll(before);
        assertThat(during).hasSize(3).allMatch(Thread::isDaemon);

        rig.engine.close();

        assertThat(during).noneMatch(Thread::isAlive);
    }

    @Test
    void doesNotFreeTheModelUnderARunningBatch() {
        FakeModel model = FakeModel.gated();
        Rig rig = new Rig(model, Rig.options(4), Duration.ofMillis(1));
        CompletableFuture<Outcome> promise = rig.submit(Pictures.record(1));
        Condition.await("batch on the device", model::isHolding);

        rig.engine.close();

        assertCancelled(promise);
        assertThat(model.closes).hasValue(0);
        model.letAllPass();
        Condition.await("crop given back", () -> rig.engine.cropsTaken() == 0);
    }

    @Test
    void anInterruptedCloserStillClosesAndStaysInterrupted() {
        FakeModel model = FakeModel.open();
        Rig rig = new Rig(model, Rig.options(4));

        Thread.currentThread().interrupt();
        rig.engine.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(model.closes).hasValue(1);
    }

    private static void assertCancelled(CompletableFuture<Outcome> promise) {
        assertThatThrownBy(() -> Rig.outcome(promise)).isInstanceOf(CancellationException.class);
    }

    private static Set<Thread> engineThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("iresnet-"))
                .collect(Collectors.toSet());
    }
}
