package dev.iresnet.proving.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.iresnet.proving.manifest.ManifestEntry;
import dev.iresnet.schemas.avro.ResultStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.util.DoubleComparator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each fault in a log is reported as that fault, and as nothing else. */
class LedgerTest {
    private static final int FRAMES = 20;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Model MODEL = new Model("demo", 1, "d1");
    private static final Truth TRUTH = new Truth(Set.of("cat", "dog"));

    /** Sure of frames 0 to 9, less sure of the others. */
    private static final Reference REFERENCE =
            Reference.of(IntStream.range(0, FRAMES).mapToObj(LedgerTest::right).toList());

    private final Ledger ledger = new Ledger();
    private final List<Answer> log = new ArrayList<>();

    LedgerTest() {
        for (int i = 0; i < FRAMES; i++) {
            log.add(result(i, entry(i).file().substring(0, 3)));
        }
    }

    @Test
    void aGoodLogHasNoFaults() {
        Verdict verdict = verdict();

        assertThat(verdict.isFaultless()).isTrue();
        assertThat(verdict.events()).isEqualTo(FRAMES);
        assertThat(verdict.labeled()).isEqualTo(FRAMES);
        assertThat(verdict.accuracy()).isEqualTo(1.0);
        assertThat(verdict.models()).containsExactly(MODEL);
        assertThat(verdict.examples()).isEmpty();
    }

    @Test
    void aMissingAnswerIsALoss() {
        log.remove(7);

        Verdict verdict = verdict();

        assertThat(faults(verdict)).isEqualTo(Map.of("lost", 1L));
        assertThat(verdict.labeled()).isEqualTo(FRAMES - 1);
        assertThat(verdict.examples()).isEqualTo(Map.of("lost", List.of("e7")));
    }

    @Test
    void aSecondAnswerIsADouble() {
        log.add(15, log.get(7));
        log.add(16, new Answer.DeadLetter("e7", "IMAGE_CORRUPT"));

        Verdict verdict = verdict();

        assertThat(faults(verdict)).isEqualTo(Map.of("duplicated", 2L));
        assertThat(verdict.labeled()).isEqualTo(FRAMES);
        assertThat(verdict.deadLettered()).isZero();
    }

    @Test
    void twoFramesOfACameraSwappedAreOneOvertaken() {
        // Frames 6 and 8 are of the same camera, one after the other.
        Collections.swap(log, 6, 8);

        Verdict verdict = verdict();

        assertThat(faults(verdict)).isEqualTo(Map.of("reordered", 1L));
        assertThat(verdict.examples()).isEqualTo(Map.of("reordered", List.of("e6")));
    }

    @Test
    void framesOfDifferentCamerasMaySwap() {
        Collections.swap(log, 6, 7);

        assertThat(faults(verdict())).isEmpty();
    }

    @Test
    void repeatsOfAWholeStretchAreDoublesAndNotReordered() {
        log.addAll(12, log.subList(4, 12).stream().toList());

        assertThat(faults(verdict())).isEqualTo(Map.of("duplicated", 8L));
    }

    @Test
    void aLabelOtherThanTheReferencesIsWrongWhereThatIsSure() {
        log.set(7, result(7, "horse"));

        Verdict verdict = verdict();

        assertThat(faults(verdict)).isEqualTo(Map.of("wrong", 1L));
        assertThat(verdict.examples()).isEqualTo(Map.of("wrong", List.of("e7")));
        assertThat(verdict.accuracy()).isEqualTo((FRAMES - 1.0) / FRAMES);
    }

    @Test
    void aLabelThatTheReferenceIsNotSureOfCostsAccuracyOnly() {
        log.set(17, result(17, "horse"));

        Verdict verdict = verdict();

        assertThat(faults(verdict)).isEmpty();
        assertThat(verdict.compared()).isEqualTo(FRAMES);
        assertThat(verdict.accuracy()).isEqualTo((FRAMES - 1.0) / FRAMES);
    }

    @Test
    void aDeadLetterForAGoodFrameIsWrong() {
        log.set(17, new Answer.DeadLetter("e17", "IMAGE_CORRUPT"));

        assertThat(faults(verdict())).isEqualTo(Map.of("wrong", 1L));
    }

    @Test
    void aShedFrameIsNotWrong() {
        log.set(5, new Answer.DeadLetter("e5", "STALE"));
        log.set(7, new Answer.Result("e7", ResultStatus.STALE, null, 0, MODEL, START, START));

        assertThat(faults(verdict())).isEmpty();
    }

    @Test
    void aHostileRecordIsWrongUnlessItIsADeadLetterOfItsCode() {
        Reference hostile =
                Reference.of(
                        List.of(
                                new Reference.Line(entry(3).file(), null, "EMPTY_VALUE", true),
                                new Reference.Line(entry(4).file(), null, "EMPTY_VALUE", true),
                                new Reference.Line(entry(5).file(), null, "EMPTY_VALUE", true)));
        log.set(4, new Answer.DeadLetter("e4", "IMAGE_CORRUPT"));
        log.set(5, new Answer.DeadLetter("e5", "EMPTY_VALUE"));

        Verdict verdict = verdict(TRUTH, hostile);

        assertThat(faults(verdict)).isEqualTo(Map.of("wrong", 2L));
        assertThat(verdict.examples().get("wrong")).containsExactlyInAnyOrder("e3", "e4");
    }

    /** The control of every run: a verifier that sees nothing would pass them all. */
    @Test
    void oneLossOneDoubleOneSwapAndOneWrongLabelAreAllReported() {
        Collections.swap(log, 10, 12);
        log.set(7, result(7, "horse"));
        log.add(log.get(15));
        log.remove(3);

        assertThat(faults(verdict()))
                .isEqualTo(Map.of("lost", 1L, "duplicated", 1L, "reordered", 1L, "wrong", 1L));
    }

    @Test
    void deadLettersAreCountedByTheirCode() {
        log.set(3, new Answer.DeadLetter("e3", "IMAGE_CORRUPT"));
        log.set(5, new Answer.DeadLetter("e5", "IMAGE_CORRUPT"));
        log.set(9, new Answer.DeadLetter("e9", "EMPTY_VALUE"));

        Verdict verdict = verdict(TRUTH, Reference.NONE);

        assertThat(faults(verdict)).isEmpty();
        assertThat(verdict.deadLettered()).isEqualTo(3);
        assertThat(verdict.deadLetteredByCode())
                .isEqualTo(Map.of("IMAGE_CORRUPT", 2L, "EMPTY_VALUE", 1L));
        assertThat(verdict.labeled()).isEqualTo(FRAMES - 3);
    }

    @Test
    void staleFramesAreNeitherLostNorLabeled() {
        log.set(3, new Answer.Result("e3", ResultStatus.STALE, null, 0, MODEL, START, START));

        Verdict verdict = verdict();

        assertThat(faults(verdict)).isEmpty();
        assertThat(verdict.stale()).isEqualTo(1);
        assertThat(verdict.labeled()).isEqualTo(FRAMES - 1);
        assertThat(verdict.accuracy()).isEqualTo(1.0);
    }

    @Test
    void answersToNobodysFramesAreUnknown() {
        log.add(new Answer.DeadLetter("in-0-99", "EMPTY_VALUE"));
        log.add(new Answer.Unreadable("out-0@3", "bytes"));

        Verdict verdict = verdict();

        assertThat(faults(verdict)).isEqualTo(Map.of("unknown", 1L, "unreadable", 1L));
        assertThat(verdict.deadLettered()).isZero();
    }

    @Test
    void answersMayComeBeforeTheManifest() {
        log.forEach(ledger::record);
        assertThat(ledger.standing().settled()).isZero();
        for (int i = 0; i < FRAMES; i++) {
            assertThat(ledger.standing().settled()).isEqualTo(i);
            ledger.expect(entry(i));
        }

        assertThat(ledger.standing().isSettled()).isTrue();
        assertThat(Audit.of(ledger, TRUTH, REFERENCE).isFaultless()).isTrue();
    }

    @Test
    void theStandingCountsFramesOnceAndRecordsEachTime() {
        ledger.expect(entry(0));
        ledger.expect(entry(1));
        ledger.record(log.get(0));
        ledger.record(log.get(0));
        ledger.record(new Answer.DeadLetter("e99", "X"));

        assertThat(ledger.standing()).isEqualTo(new Ledger.Standing(2, 1, 2, 1));
        assertThat(ledger.standing().isSettled()).isFalse();
    }

    @Test
    void aManifestThatNamesAFrameTwiceIsRefused() {
        ledger.expect(entry(0));

        assertThatThrownBy(() -> ledger.expect(entry(0))).hasMessageContaining("e0 twice");
    }

    @Test
    void accuracyNeedsATruth() {
        assertThat(verdict(new Truth(Set.of("horse")), REFERENCE).accuracy()).isNull();
    }

    @Test
    void latenciesRunFromTheCapture() {
        Verdict verdict = verdict();

        assertQuantiles(verdict.latencyMillis(), new Quantiles(10, 19, 20));
        assertQuantiles(verdict.visibleLatencyMillis(), new Quantiles(110, 119, 120));
    }

    private static void assertQuantiles(@Nullable Quantiles quantiles, Quantiles expected) {
        assertThat(quantiles)
                .usingRecursiveComparison()
                .withComparatorForType(new DoubleComparator(0.1), Double.class)
                .isEqualTo(expected);
    }

    @Test
    void theMeanBatchIsOverBatchesNotFrames() {
        // Five batches: one of 16 and four of 1.
        for (int i = 0; i < FRAMES; i++) {
            log.set(i, batched(i, i < 16 ? 16 : 1));
        }

        assertThat(verdict().meanBatchSize()).isCloseTo(4.0, within(1e-9));
    }

    @Test
    void throughputIsBetweenTheFirstAndTheLastResult() {
        // Frame i is captured after i seconds and its result sent i + 1 milliseconds later.
        assertThat(verdict().throughputPerSecond()).isCloseTo(19 / 19.019, within(1e-9));
    }

    @Test
    void nothingExpectedAndNothingAnsweredIsNoFault() {
        Verdict verdict = Audit.of(ledger, TRUTH, REFERENCE);

        assertThat(verdict.isFaultless()).isTrue();
        assertThat(verdict.latencyMillis()).isNull();
        assertThat(verdict.meanBatchSize()).isNull();
        assertThat(verdict.throughputPerSecond()).isNull();
    }

    private Verdict verdict() {
        return verdict(TRUTH, REFERENCE);
    }

    private Verdict verdict(Truth truth, Reference reference) {
        for (int i = 0; i < FRAMES; i++) {
            ledger.expect(entry(i));
        }
        log.forEach(ledger::record);
        return Audit.of(ledger, truth, reference);
    }

    private static Map<String, Long> faults(Verdict verdict) {
        Map<String, Long> faults = new java.util.HashMap<>();
        faults.put("lost", verdict.lost());
        faults.put("duplicated", verdict.duplicated());
        faults.put("reordered", verdict.reordered());
        faults.put("unknown", verdict.unknown());
        faults.put("unreadable", verdict.unreadable());
        faults.put("wrong", verdict.wrong());
        faults.values().removeIf(count -> count == 0);
        assertThat(verdict.isFaultless()).isEqualTo(faults.isEmpty());
        return faults;
    }

    private static Reference.Line right(int i) {
        String file = entry(i).file();
        return new Reference.Line(file, file.substring(0, 3), null, i < 10);
    }

    /** Two cameras take turns, a frame a second. */
    private static ManifestEntry entry(int i) {
        String file = (i % 3 == 0 ? "cat/" : "dog/") + i + ".jpg";
        return new ManifestEntry("e" + i, file, "c" + i % 2, i / 2, START.plusSeconds(i));
    }

    /** Sent i + 1 milliseconds after its frame's capture, and seen 100 later. */
    private static Answer.Result result(int i, String label) {
        Instant sent = entry(i).capturedAt().plusMillis(i + 1);
        return new Answer.Result(
                "e" + i,
                ResultStatus.LABELED,
                label,
                8,
                MODEL,
                sent,
                sent.plus(Duration.ofMillis(100)));
    }

    private static Answer.Result batched(int i, int size) {
        Answer.Result result = result(i, "cat");
        return new Answer.Result(
                result.eventId(),
                result.status(),
                result.label(),
                size,
                result.model(),
                result.sentAt(),
                result.polledAt());
    }
}
