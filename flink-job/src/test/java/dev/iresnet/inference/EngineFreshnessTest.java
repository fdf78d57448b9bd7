package dev.iresnet.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.Condition;
import dev.iresnet.engine.FakeModel;
import dev.iresnet.engine.Host;
import dev.iresnet.engine.ShedReason;
import dev.iresnet.event.FailureCode;
import dev.iresnet.event.Records;
import dev.iresnet.inference.Pictures.Fate;
import dev.iresnet.result.FrameFailure;
import dev.iresnet.result.FrameOutcome;
import dev.iresnet.result.FrameResult;
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
        try (Rig rig = rig(4, MAX_AGE, false)) {
            model.letAllPass();
            wall.set(OLDEST);

            Rig.labeled(rig.submit(Pictures.record(1)));
        }
    }

    @Test
    void aFrameThatGrowsTooOldBehindTheDeviceIsShedWhenItsBatchIsFormed() throws Exception {
        try (Rig rig = rig(16, MAX_AGE, false)) {
            CompletableFuture<FrameOutcome> first = rig.submit(Pictures.record(0));
            Condition.await("first batch on the device", model::isHolding);
            List<CompletableFuture<FrameOutcome>> behind = rig.submitAll(1, 9);
            Condition.await("all decoded", () -> rig.engine.crops().taken() == 1 + 8 + 2);
            wall.set(TOO_LATE);
            model.letAllPass();

            // It was fresh when its batch was formed.
            Rig.labeled(first);
            for (int i = 0; i < 8; i++) {
                FrameResult result = (FrameResult) Rig.shed(behind.get(i), ShedReason.AGE);
                assertThat(result.source().offset()).isEqualTo(1 + i);
                assertThat(result.status()).isEqualTo(FrameResult.Status.STALE);
                assertThat(result.labels()).isEmpty();
                assertThat(result.frame().eventId()).isEqualTo("frames-3-" + (1 + i));
                assertThat(result.frame().capturedAt()).isEqualTo(CAPTURED);
                assertThat(result.inferredAt()).isEqualTo(TOO_LATE);
            }
            assertThat(model.batches).containsExactly(List.of(0));
            // Nothing of theirs is kept: the two idle decoders have a crop each.
            Condition.await("crops are back", () -> rig.engine.crops().taken() == 2);
            assertThat(rig.frames.pending()).isZero();
        }
    }

    @Test
    void aFrameThatComesTooOldIsNotDecoded() throws Exception {
        try (Rig rig = rig(4, MAX_AGE, true)) {
            wall.set(TOO_LATE);

            // Decoding this one would fail.
            FrameFailure deadLetter =
                    (FrameFailure)
                            Rig.shed(
                                    rig.submit(Pictures.record("door", 1, Fate.CORRUPT)),
                                    ShedReason.AGE);
            assertThat(deadLetter.code()).isEqualTo(FailureCode.STALE);
            assertThat(deadLetter.message())
                    .contains("2001 ms ago")
                    .contains("freshness.max-age is 2000 ms");
        }
    }

    @Test
    void aFrameFromTheFutureIsFresh() throws Exception {
        try (Rig rig = rig(4, MAX_AGE, false)) {
            model.letAllPass();
            wall.set(CAPTURED.minusSeconds(3_600));

            Rig.labeled(rig.submit(Pictures.record(1)));
        }
    }

    @Test
    void withoutAGreatestAgeNothingIsShed() throws Exception {
        try (Rig rig = rig(4, Duration.ZERO, false)) {
            wall.set(CAPTURED.plus(Duration.ofDays(10_000)));
            List<CompletableFuture<FrameOutcome>> loud = new ArrayList<>(rig.submitAll(0, 200));
            CompletableFuture<FrameOutcome> quiet =
                    rig.submit(Pictures.record("quiet", 200, Fate.GOOD));
            loud.add(quiet);
            model.letAllPass();

            Rig.labeled(loud);
        }
    }

    @Test
    void whatACameraHasAboveItsShareIsShedBeforeDecoding() throws Exception {
        try (Rig rig = rig(4, MAX_AGE, true)) {
            List<CompletableFuture<FrameOutcome>> loud = new ArrayList<>(rig.submitAll(0, 4));
            CompletableFuture<FrameOutcome> quiet =
                    rig.submit(Pictures.record("quiet", 4, Fate.GOOD));
            // 5 in flight of 2 cameras.
            for (int i = 5; i < 105; i++) {
                FrameOutcome shed =
                        Rig.shed(
                                rig.submit(Pictures.record("door", i, Fate.CORRUPT)),
                                ShedReason.SHARE);
                assertThat(((FrameFailure) shed).message())
                        .contains("camera 'door' has more than its share");
            }
            model.letAllPass();
            Rig.labeled(quiet);
            Rig.labeled(loud);

            // What has left makes room.
            Rig.labeled(rig.submit(Pictures.record(105)));
        }
    }

    private Rig rig(int maxSize, Duration maxAge, boolean staleFails) {
        return new Rig(
                model,
                Rig.options(maxSize, Duration.ZERO, maxAge, staleFails),
                Rig.host(new Host.Clocks(System::nanoTime, wall::get)));
    }
}
