package dev.iresnet.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.Condition;
import dev.iresnet.engine.FakeModel;
import dev.iresnet.engine.Host;
import dev.iresnet.engine.ModelSupply;
import dev.iresnet.engine.batch.BatchPolicy;
import dev.iresnet.event.FailureCode;
import dev.iresnet.event.Frame;
import dev.iresnet.event.RawRecord;
import dev.iresnet.event.Records;
import dev.iresnet.inference.Pictures.Fate;
import dev.iresnet.result.FrameFailure;
import dev.iresnet.result.FrameOutcome;
import dev.iresnet.result.FrameResult;
import dev.iresnet.result.Timings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
                            new Frame.Identity(
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
            assertThat(labeled.source()).isEqualTo(new RawRecord.Position("frames", 3, 12));
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
        PipelineOptions one = Rig.options(1, 1, 1);
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
                Rig.options(1, 1, new BatchPolicy(4, Duration.ZERO), new Labeling(9, 0.7f));
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
    void submitNeverBlocksAndCropsStayBounded() throws Exception {
        try (Rig rig = new Rig(FakeModel.gated(), Rig.options(4))) {
            List<CompletableFuture<FrameOutcome>> promises = rig.submitAll(0, 5_000);

            assertThat(rig.frames.pending()).isEqualTo(5_000);
            rig.awaitAllCropsTaken();
            Condition.await("a batch on the device", () -> rig.engine.batchesInFlight() == 1);
            rig.model.letAllPass();
            Rig.labeled(promises);
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
            Rig.labeled(promises.subList(0, 50));

            Condition.await("the cancelled struck off", () -> rig.frames.pending() == 0);
            assertThat(model.batches.stream().flatMap(List::stream))
                    .allMatch(number -> number < 50);
        }
    }
}
