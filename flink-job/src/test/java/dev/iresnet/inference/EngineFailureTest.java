package dev.iresnet.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.Condition;
import dev.iresnet.engine.FakeModel;
import dev.iresnet.inference.Pictures.Fate;
import dev.iresnet.model.ModelException;
import dev.iresnet.result.FrameOutcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A model, a device or a process that fails. */
@Timeout(60)
final class EngineFailureTest {

    @Test
    void aFailedModelFailsAllThatIsUnderWayAndAllThatComes() {
        FakeModel model = FakeModel.gated();
        try (Rig rig = new Rig(model, Rig.options(4))) {
            List<CompletableFuture<FrameOutcome>> promises = rig.submitAll(0, 100);
            rig.awaitAllCropsTaken();
            ModelException failure = new ModelException("the device is on fire");
            model.failWith(failure);
            model.letAllPass();

            promises.forEach(promise -> assertFailsWith(promise, failure));
            assertFailsWith(rig.submit(Pictures.record(1)), failure);
            assertThat(rig.frames.isUsable()).isFalse();
            assertThat(rig.frames.pending()).isZero();
            rig.frames.close();
            assertThat(rig.engine.crops().taken()).isZero();
            assertThat(model.closes).hasValue(1);
        }
    }

    @Test
    void anErrorOfTheModelIsHandedOnAsItIs() {
        FakeModel model = FakeModel.open();
        try (Rig rig = new Rig(model, Rig.options(4))) {
            OutOfMemoryError failure = new OutOfMemoryError("made up");
            model.failWith(failure);

            assertFailsWith(rig.submit(Pictures.record(1)), failure);
        }
    }

    @Test
    void scoresOfAnotherShapeAreTheModelsFault() {
        FakeModel model = FakeModel.open();
        try (Rig rig = new Rig(model, Rig.options(4))) {
            model.giveRowsTooMany(1);

            assertThatThrownBy(() -> Rig.outcome(rig.submit(Pictures.record(1))))
                    .hasCauseInstanceOf(ModelException.class)
                    .hasMessageContaining("Model fake version 7 gave 2 predictions for 1 frames");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fate.class,
            names = {"DEVICE_LOST", "CLASS_LOST"})
    void whatIsWrongWithDeviceOrProcessInADecoderIsFatal(Fate fate) {
        FakeModel model = FakeModel.gated();
        try (Rig rig = new Rig(model, Rig.options(4))) {
            CompletableFuture<FrameOutcome> good = rig.submit(Pictures.record(0));
            Condition.await("first batch on the device", model::isHolding);
            CompletableFuture<FrameOutcome> bad = rig.submit(Pictures.record("door", 1, fate));

            for (CompletableFuture<FrameOutcome> promise : List.of(bad, good)) {
                assertThatThrownBy(() -> Rig.outcome(promise))
                        .isInstanceOf(ExecutionException.class)
                        .cause()
                        .isInstanceOfAny(ModelException.class, NoClassDefFoundError.class);
            }
            assertThat(rig.frames.isUsable()).isFalse();
        }
    }

    private static void assertFailsWith(CompletableFuture<FrameOutcome> promise, Throwable reason) {
        assertThatThrownBy(() -> Rig.outcome(promise))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isSameAs(reason);
    }
}
