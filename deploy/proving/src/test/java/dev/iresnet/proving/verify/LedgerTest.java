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
import org.junit.jupiter.api.Test;

/** Each fault in a log is reported as that fault, and as nothing else. */
class LedgerTest {
    private static final int FRAMES = 20;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Model MODEL = new Model("demo", 1, "d1");
    private static final Truth TRUTH = new Truth(Set.of("cat", "dog"));

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
    void aWrongLabelCostsAccuracyOnly() {
        log.set(7, result(7, "horse"));

        Verdict verdict = verdict();

        assertThat(faults(verdict)).isEmpty();
        assertThat(verdict.accuracy()).isEqualTo((FRAMES - 1.0) / FRAMES);
    }

    @Test
    void deadLettersAreCountedByTheirCode() {
        log.set(3, new Answer.DeadLetter("e3", "IMAGE_CORRUPT"));
        log.set(5, new Answer.DeadLetter("e5", "IMAGE_CORRUPT"));
        log.set(9, new Answer.DeadLetter("e9", "EMPTY_VALUE"));

        Verdict verdict = verdict();

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
        assertThat(Audit.of(ledger, TRUTH).isFaultless()).isTrue();
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
        assertThat(verdict(new Truth(Set.of("horse"))).accuracy()).isNull();
    }

    @Test
    void latenciesRunFromTheCapture() {
        Verdict verdict = verdict();

        assertThat(verdict.latencyMillis()).isEqualTo(new Quantiles(10, 19, 20));
        assertThat(verdict.visibleLatencyMillis()).isEqualTo(new Quantiles(110, 119, 120));
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
        Verdict verdict = Audit.of(ledger, TRUTH);

        assertThat(verdict.isFaultless()).isTrue();
        assertThat(verdict.latencyMillis()).isNull();
        assertThat(verdict.meanBatchSize()).isNull();
        assertThat(verdict.throughputPerSecond()).isNull();
    }

    private Verdict verdict() {
        return verdict(TRUTH);
    }

    private Verdict verdict(Truth truth) {
        for (int i = 0; i < FRAMES; i++) {
            ledger.expect(entry(i));
        }
        log.forEach(ledger::record);
        return Audit.of(ledger, truth);
    }

    private static Map<String, Long> faults(Verdict verdict) {
        Map<String, Long> faults = new java.util.HashMap<>();
        faults.put("lost", verdict.lost());
        faults.put("duplicated", verdict.duplicated());
        faults.put("reordered", verdict.reordered());
        faults.put("unknown", verdict.unknown());
        faults.put("unreadable", verdict.unreadable());
        faults.values().removeIf(count -> count == 0);
        assertThat(verdict.isFaultless()).isEqualTo(faults.isEmpty());
        return faults;
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
