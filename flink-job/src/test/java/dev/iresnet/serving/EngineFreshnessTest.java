package dev.iresnet.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.Condition;
import dev.iresnet.event.FailureCode;
import dev.iresnet.event.Records;
import dev.iresnet.schemas.avro.LabeledResult;
import dev.iresnet.schemas.avro.ResultStatus;
import dev.iresnet.serving.Pictures.Fate;
import dev.iresnet.serving.batch.BatchPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Frames that are not worth the device's time. All are captured at the same moment. */
@Timeout(60)
final class EngineFreshnessTest {
    private static final Duration MAX_AGE = Duration.ofSeconds(2);
    private static final Instant CAPTURED = Instant.ofEpochMilli(Records.TIMESTAMP);
    private static final Instant OLDEST = CAPTURED.plus(MAX_AGE);
    private static final Instant TOO_LATE = OLDEST.plusMillis(1);

    private final AtomicReference<Instant> wall = new AtomicReference<>(CAPTURED);
    private final FakeModel model = FakeModel.gated();

    @Test
    void labelsAFrameOfTheGreatestAge() throws Exception {
        try (Rig rig = rig(4, new Freshness(MAX_AGE, false))) {
            model.letAllPass();
            wall.set(OLDEST);

            Rig.labeled(rig.submit(Pictures.record(1)));
        }
    }

    @Test
    void aFrameThatGrowsTooOldBehindTheDeviceIsShedWhenItsBatchIsFormed() throws Exception {
        try (Rig rig = rig(16, new Freshness(MAX_AGE, false))) {
            CompletableFuture<Outcome> first = rig.submit(Pictures.record(0));
            Condition.await("first batch on the device", model::isHolding);
            List<CompletableFuture<Outcome>> behind = rig.submitAll(1, 9);
            Condition.await("all decoded", () -> rig.engine.cropsTaken() == 1 + 8 + 2);
            wall.set(TOO_LATE);
            model.letAllPass();

            // It was fresh when its batch was formed.
            Rig.labeled(first);
            for (int i = 0; i < 8; i++) {
                Outcome.Shed shed = shed(behind.get(i));
                assertThat(shed.reason()).isEqualTo(ShedReason.AGE);
                assertThat(shed.record().offset()).isEqualTo(1 + i);
                LabeledResult result = ((Outcome.Labeled) shed.answer()).result();
                assertThat(result.getStatus()).isEqualTo(ResultStatus.STALE);
                assertThat(result.getLabels()).isEmpty();
                assertThat(result.getEventId()).isEqualTo("frames-3-" + (1 + i));
                assertThat(result.getCapturedAt()).isEqualTo(CAPTURED);
                assertThat(result.getInferredAt()).isEqualTo(TOO_LATE);
            }
            assertThat(model.batches).containsExactly(List.of(0));
            // Nothing of theirs is kept: the two idle decoders have a crop each.
            Condition.await("crops are back", () -> rig.engine.cropsTaken() == 2);
            assertThat(rig.engine.pending()).isZero();
        }
    }

    @Test
    void aFrameThatComesTooOldIsNotDecoded() throws Exception {
        try (Rig rig = rig(4, new Freshness(MAX_AGE, true))) {
            wall.set(TOO_LATE);

            // Decoding this one would fail.
            Outcome.Shed shed = shed(rig.submit(Pictures.record("door", 1, Fate.CORRUPT)));

            Outcome.Failed deadLetter = (Outcome.Failed) shed.answer();
            assertThat(deadLetter.code()).isEqualTo(FailureCode.STALE);
            assertThat(deadLetter.message())
                    .contains("2001 ms ago")
                    .contains("freshness.max-age is 2000 ms");
        }
    }

    @Test
    void aFrameFromTheFutureIsFresh() throws Exception {
        try (Rig rig = rig(4, new Freshness(MAX_AGE, false))) {
            model.letAllPass();
            wall.set(CAPTURED.minusSeconds(3_600));

            Rig.labeled(rig.submit(Pictures.record(1)));
        }
    }

    @Test
    void withoutAGreatestAgeNothingIsShed() throws Exception {
        try (Rig rig = rig(4, Freshness.OFF)) {
            wall.set(CAPTURED.plus(Duration.ofDays(10_000)));
            List<CompletableFuture<Outcome>> loud = new ArrayList<>(rig.submitAll(0, 200));
            CompletableFuture<Outcome> quiet = rig.submit(Pictures.record("quiet", 200, Fate.GOOD));
            loud.add(quiet);
            model.letAllPass();

            for (CompletableFuture<Outcome> promise : loud) {
                Rig.labeled(promise);
            }
        }
    }

    @Test
    void whatACameraHasAboveItsShareIsShedBeforeDecoding() throws Exception {
        try (Rig rig = rig(4, new Freshness(MAX_AGE, true))) {
            List<CompletableFuture<Outcome>> loud = new ArrayList<>(rig.submitAll(0, 4));
            CompletableFuture<Outcome> quiet = rig.submit(Pictures.record("quiet", 4, Fate.GOOD));
            // 5 in flight of 2 cameras.
            for (int i = 5; i < 105; i++) {
                Outcome.Shed shed = shed(rig.submit(Pictures.record("door", i, Fate.CORRUPT)));
                assertThat(shed.reason()).isEqualTo(ShedReason.SHARE);
                assertThat(((Outcome.Failed) shed.answer()).message())
                        .contains("camera 'door' has more than its share");
            }
            model.letAllPass();
            Rig.labeled(quiet);
            for (CompletableFuture<Outcome> promise : loud) {
                Rig.labeled(promise);
            }

            // What has left makes room.
            Rig.labeled(rig.submit(Pictures.record(105)));
        }
    }

    private Rig rig(int maxSize, Freshness freshness) {
        EngineOptions options =
                new EngineOptions(
                        2,
                        1,
                        new BatchPolicy(maxSize, Duration.ZERO),
                        new Labeling(1, 0),
                        new TimeLimits(Duration.ZERO, freshness));
        Clocks clocks = new Clocks(System::nanoTime, wall::get);
        return new Rig(
                model,
                options,
                new Host(clocks, Duration.ofSeconds(30), Rig.NO_HALT, DirectMemory::now));
    }

    private static Outcome.Shed shed(CompletableFuture<Outcome> promise) throws Exception {
        return (Outcome.Shed) Rig.outcome(promise);
    }
}
