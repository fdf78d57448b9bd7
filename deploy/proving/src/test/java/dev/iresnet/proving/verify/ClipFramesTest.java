package dev.iresnet.proving.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Camera c0, whose frames 0 to 9 are the even ones of all, has clips instead of frames. */
class ClipFramesTest extends TwentyFrames {

    @BeforeEach
    void forgetTheFramesOfThatCamera() {
        log.removeIf(answer -> Integer.parseInt(answer.eventId().substring(1)) % 2 == 0);
    }

    @Test
    void aClipsResultAnswersAllItsFramesWhicheverComesFirst() {
        log.add(clip(5, 9));
        ledger.record(clip(0, 4));

        Verdict verdict = verdict();

        assertThat(faults(verdict)).isEmpty();
        assertThat(ledger.standing().isSettled()).isTrue();
        assertThat(verdict.labeled()).isEqualTo(FRAMES);
    }

    @Test
    void aFrameThatIsInNoClipIsALoss() {
        log.add(clip(1, 5));
        log.add(clip(5, 9));

        assertThat(faults(verdict())).isEqualTo(Map.of("lost", 1L));
        assertThat(ledger.standing().isSettled()).isFalse();
    }

    /** The control: a job that loses frame 3 makes its clip of five others, and says so of none. */
    @Test
    void aClipThatIsStretchedOverALostFrameIsWrong() {
        log.add(clip(0, 5));
        log.add(clip(5, 9));

        Verdict verdict = verdict();

        assertThat(faults(verdict)).isEqualTo(Map.of("wrong", 1L));
        assertThat(verdict.examples().get("wrong")).containsExactly("e10");
    }

    @Test
    void aClipThatHasAFrameTwiceIsWrong() {
        log.add(clip(0, 3));
        log.add(clip(4, 8));
        log.add(clip(5, 9));

        assertThat(faults(verdict(TRUTH, Reference.NONE))).isEqualTo(Map.of("wrong", 1L));
    }

    @Test
    void aFrameThatHasADeadLetterOrWasShedIsInNoClip() {
        log.add(new Answer.DeadLetter("e6", "IMAGE_CORRUPT"));
        log.add(clip(0, 5));
        log.add(clip(5, 9));

        Verdict verdict = verdict(TRUTH, Reference.NONE);

        assertThat(faults(verdict)).isEmpty();
        assertThat(verdict.deadLettered()).isEqualTo(1);
    }

    /** Clips that overlap: the first has failed, and the second has its last frame all the same. */
    @Test
    void aClipMayHaveAFrameThatEndsAClipWithADeadLetter() {
        log.add(clip(0, 4));
        log.add(new Answer.DeadLetter("e14", "RESULT_NOT_FINITE"));
        log.add(clip(5, 9));

        assertThat(faults(verdict(TRUTH, Reference.NONE))).isEmpty();
    }

    @Test
    void withAStrideAClipSpansMoreFramesThanItHas() {
        ClipFrames strided = new ClipFrames(3, 2);
        for (int i = 0; i < FRAMES; i += 2) {
            Ledger.Account account = new Ledger.Account();
            account.expect(entry(i));
            strided.answer(new Answer.Clip("c0", 0, 0), List.of(account));
            strided.expect(account);
        }

        assertThat(strided.isWhole(new Answer.Clip("c0", 0, 4))).isTrue();
        assertThat(strided.isWhole(new Answer.Clip("c0", 0, 3))).isFalse();
        assertThat(strided.isWhole(new Answer.Clip("c0", 0, 6))).isFalse();
        assertThat(new ClipFrames(0, 1).isWhole(new Answer.Clip("c0", 0, 6))).isTrue();
    }

    private static Answer.Result clip(int from, int to) {
        Answer.Result result = result(2 * to, "dog");
        return new Answer.Result(
                result.eventId(),
                result.status(),
                result.label(),
                1,
                result.model(),
                result.sentAt(),
                result.polledAt(),
                null,
                false,
                new Answer.Clip("c0", from, to));
    }
}
