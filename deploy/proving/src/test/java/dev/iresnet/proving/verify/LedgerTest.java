package dev.iresnet.proving.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.schemas.avro.ResultStatus;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each fault in a log is reported as that fault, and as nothing else. */
class LedgerTest extends TwentyFrames {

    @Test
    void aGoodLogHasNoFaults() {
        Verdict verdict = verdict();

        assertThat(verdict.isFaultless()).isTrue();
        assertThat(verdict.events()).isEqualTo(FRAMES);
        assertThat(verdict.labeled()).isEqualTo(FRAMES);
        assertThat(verdict.accuracy()).isEqualTo(1.0);
        assertThat(verdict.objects()).as("no detector").isNull();
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
    void aDetectorsObjectsAreCountedAndMisplacedOnesAreWrong() {
        for (int i = 0; i < FRAMES; i++) {
            log.set(i, found(i, 3, false));
        }
        log.set(7, found(7, 1, true));
        log.set(9, found(9, 0, false));

        Verdict verdict = verdict(TRUTH, Reference.NONE);

        assertThat(faults(verdict)).isEqualTo(Map.of("wrong", 1L));
        assertThat(verdict.examples()).isEqualTo(Map.of("wrong", List.of("e7")));
        assertThat(verdict.objects()).isEqualTo(3L * (FRAMES - 2) + 1);
    }

    /** Nothing found is an answer, and may be the right one. */
    @Test
    void nothingIsRightWhereTheReferenceHasNothing() {
        Reference nothing =
                Reference.of(
                        List.of(
                                new Reference.Line(entry(3).file(), null, null, true),
                                new Reference.Line(entry(4).file(), "dog", null, true)));
        log.set(3, found(3, 0, false));
        log.set(4, found(4, 0, false));

        Verdict verdict = verdict(TRUTH, nothing);

        assertThat(faults(verdict)).isEqualTo(Map.of("wrong", 1L));
        assertThat(verdict.examples()).isEqualTo(Map.of("wrong", List.of("e4")));
    }

    private static Answer.Result found(int i, int objects, boolean misplaced) {
        Answer.Result like = result(i, "cat");
        return new Answer.Result(
                like.eventId(),
                like.status(),
                objects == 0 ? null : "cat",
                like.batchSize(),
                like.model(),
                like.sentAt(),
                like.polledAt(),
                objects,
                misplaced);
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
}
