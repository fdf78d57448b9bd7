package dev.iresnet.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.Condition;
import dev.iresnet.engine.FakeModel;
import dev.iresnet.engine.Host;
import dev.iresnet.engine.ModelSupply;
import dev.iresnet.engine.batch.BatchPolicy;
import dev.iresnet.event.FailureCode;
import dev.iresnet.event.FrameIdentity;
import dev.iresnet.event.RawRecord;
import dev.iresnet.event.RecordPosition;
import dev.iresnet.event.Records;
import dev.iresnet.inference.Pictures.Fate;
import dev.iresnet.model.ModelException;
import dev.iresnet.result.FrameFailure;
import dev.iresnet.result.FrameOutcome;
import dev.iresnet.result.FrameResult;
import dev.iresnet.result.Timings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
final class EngineTest {

    @Test
    void writesAllThatAResultPromises() throws Exception {
        try (Rig rig = new Rig(FakeModel.open(), Rig.options(4))) {
            RawRecord record = Pictures.record("gate", 12, Fate.GOOD);

            FrameResult labeled = Rig.labeled(rig.submit(record));

            assertThat(labeled.headers()).isEqualTo(record.headers());
            assertThat(labeled.frame())
                    .isEqualTo(
                            new FrameIdentity(
                                    "frames-3-12",
                                    "gate",
                                    -1,
                                    Instant.ofEpochMilli(Records.TIMESTAMP)));
            assertThat(labeled.inferredAt()).isEqualTo(Rig.NOW);
            assertThat(labeled.model())
                    .isEqualTo(new FrameResult.ModelVersion("fake", 7, "ab".repeat(32)));
            assertThat(labeled.status()).isEqualTo(FrameResult.Status.LABELLED);
            assertThat(labeled.labels())
                    .containsExactly(
                            new FrameResult.Label(2, "cat", 0.6f),
                            new FrameResult.Label(0, "ant", 0.1f));
            assertThat(labeled.source()).isEqualTo(new RecordPosition("frames", 3, 12));
            assertThat(labeled.timings().batchSize()).isEqualTo(1);
        }
    }

    @Test
    void saysWhereTheTimeWent() throws Exception {
        long[] ticks = {0};
        Host.Clocks clocks =
                new Host.Clocks(
                        () -> {
                            synchronized (ticks) {
                                return ticks[0] += 1_000;
                            }
                        },
                        () -> Rig.NOW);
        PipelineOptions one =
                new PipelineOptions(1, 1, new BatchPolicy(1, Duration.ZERO), new Labeling(1, 0));
        FakeModel model = FakeModel.open();
        Stages stages = new Stages(Pictures.READER, new Pictures.ObedientCropper(), model);
        try (InferencePipeline engine =
                InferencePipeline.start(stages, one, ModelSupply.NONE, Rig.host(clocks))) {
            FrameResult labeled = Rig.labeled(engine.submit(Pictures.record(1)));

            // Each look at this clock takes a microsecond, and each interval ends with one.
            Timings timings = labeled.timings();
            assertThat(timings.queue()).isPositive();
            assertThat(timings.decode()).isPositive();
            assertThat(timings.batchWait()).isPositive();
            assertThat(timings.inference()).isPositive();
            assertThat(timings.batchSize()).isEqualTo(1);
        }
    }

    @Test
    void marksResultsBelowTheThreshold() throws Exception {
        PipelineOptions strict =
                new PipelineOptions(1, 1, new BatchPolicy(4, Duration.ZERO), new Labeling(9, 0.7f));
        try (Rig rig = new Rig(FakeModel.open(), strict)) {
            FrameResult result = Rig.labeled(rig.submit(Pictures.record(1)));

            assertThat(result.status()).isEqualTo(FrameResult.Status.LOW_CONFIDENCE);
            // More labels were asked for than the network has.
            assertThat(result.labels()).hasSize(FakeModel.LABELS.size());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fate.class,
            names = {"NOT_FINITE", "CORRUPT", "BUG", "OVERFLOW"})
    void aBadFrameFailsAloneWithItsCode(Fate fate) throws Exception {
        FailureCode code =
                switch (fate) {
                    case NOT_FINITE -> FailureCode.RESULT_NOT_FINITE;
                    case CORRUPT -> FailureCode.IMAGE_CORRUPT;
                    default -> FailureCode.INTERNAL_ERROR;
                };
        try (Rig rig = new Rig(FakeModel.open(), Rig.options(8))) {
            List<CompletableFuture<FrameOutcome>> promises = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                promises.add(rig.submit(Pictures.record("door", i, i % 3 == 1 ? fate : Fate.GOOD)));
            }

            for (int i = 0; i < promises.size(); i++) {
                FrameOutcome outcome = Rig.outcome(promises.get(i));
                assertThat(outcome.source().offset()).isEqualTo(i);
                if (i % 3 == 1) {
                    assertThat(outcome)
                            .isInstanceOfSatisfying(
                                    FrameFailure.class,
                                    failed -> assertThat(failed.code()).isEqualTo(code));
                } else {
                    assertThat(Rig.topLabel(outcome)).isEqualTo(Pictures.classOf(i));
                }
            }
            assertThat(rig.frames.isUsable()).isTrue();
        }
    }

    @Test
    void namesTheFaultBehindAnInternalError() throws Exception {
        try (Rig rig = new Rig(FakeModel.open(), Rig.options(4))) {
            FrameFailure failed = Rig.failed(rig.submit(Pictures.record("door", 1, Fate.BUG)));

            assertThat(failed.message())
                    .startsWith("java.lang.IllegalStateException at ")
                    .contains("ObedientCropper.crop(Pictures.java:")
                    .as("its message may name files, hosts or settings")
                    .doesNotContain("a bug");
        }
    }

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
                new PipelineOptions(
                        2, 1, new BatchPolicy(4, Duration.ofMinutes(1)), new Labeling(1, 0));
        try (Rig rig = new Rig(FakeModel.open(), patient)) {
            for (CompletableFuture<FrameOutcome> promise : rig.submitAll(0, 8)) {
                Rig.labeled(promise);
            }

            assertThat(rig.model.batches).hasSize(2).allMatch(batch -> batch.size() == 4);
        }
    }

    @Test
    void aPartialBatchGoesWhenItsDelayIsOver() throws Exception {
        PipelineOptions patient =
                new PipelineOptions(
                        2, 2, new BatchPolicy(4, Duration.ofMillis(20)), new Labeling(1, 0));
        try (Rig rig = new Rig(FakeModel.open(), patient)) {
            FrameResult labeled = Rig.labeled(rig.submit(Pictures.record(3)));

            assertThat(labeled.timings().batchWait())
                    .isGreaterThanOrEqualTo(Duration.ofMillis(20).toNanos());
        }
    }

    @Test
    void firstOfBatchIsTheFirstLabelledFrameOfEachBatch() throws Exception {
        PipelineOptions single =
                new PipelineOptions(1, 1, new BatchPolicy(4, Duration.ZERO), new Labeling(1, 0));
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

    @Test
    void submitNeverBlocksAndCropsStayBounded() throws Exception {
        try (Rig rig = new Rig(FakeModel.gated(), Rig.options(4))) {
            List<CompletableFuture<FrameOutcome>> promises = rig.submitAll(0, 5_000);

            assertThat(rig.frames.pending()).isEqualTo(5_000);
            rig.awaitAllCropsTaken();
            Condition.await("a batch on the device", () -> rig.engine.batchesInFlight() == 1);
            rig.model.letAllPass();
            for (CompletableFuture<FrameOutcome> promise : promises) {
                Rig.labeled(promise);
            }
            assertThat(rig.frames.pending()).isZero();
            assertThat(rig.model.batches).allMatch(batch -> batch.size() <= 4);
        }
    }

    @Test
    void doesNotDecodeFramesThatNobodyWaitsFor() throws Exception {
        FakeModel model = FakeModel.gated();
        try (Rig rig = new Rig(model, Rig.options(4))) {
            List<CompletableFuture<FrameOutcome>> promises = rig.submitAll(0, 100);
            rig.awaitAllCropsTaken();
            // What is decoded keeps its place; the rest waits for a decoder.
            promises.subList(50, 100).forEach(promise -> promise.cancel(false));
            model.letAllPass();
            for (CompletableFuture<FrameOutcome> promise : promises.subList(0, 50)) {
                Rig.labeled(promise);
            }

            Condition.await("the cancelled struck off", () -> rig.frames.pending() == 0);
            assertThat(model.batches.stream().flatMap(List::stream))
                    .allMatch(number -> number < 50);
        }
    }

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
                    .hasMessageContaining(
                            "Model fake version 7 has 5 labels, and for 1 frames gave 2 rows");
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
