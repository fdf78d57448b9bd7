package dev.iresnet.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.iresnet.clip.CameraClips.Seen;
import dev.iresnet.clip.ClipModel.Sent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ClipAssemblerTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration GAP = Duration.ofSeconds(1);

    @Test
    void framesInOrderMakeClipBehindClip() {
        Assembly assembly = Assembly.of(rules(3, 1, 3), counted(0, 7));
        assertThat(assembly.numbers()).containsExactly(List.of(0L, 1L, 2L), List.of(3L, 4L, 5L));
        assertThat(assembly.fresh()).isEqualTo(1);
        assertThat(assembly.lost).isZero();
    }

    @Test
    void aShortStepMakesClipsThatShareFrames() {
        Assembly assembly = Assembly.of(rules(3, 1, 1), counted(0, 5));
        assertThat(assembly.numbers())
                .containsExactly(List.of(0L, 1L, 2L), List.of(1L, 2L, 3L), List.of(2L, 3L, 4L));
        assertThat(assembly.fresh()).isZero();
        assertThat(assembly.held()).isEqualTo(2);
    }

    @Test
    void aLongStepLeavesFramesOut() {
        Assembly assembly = Assembly.of(rules(2, 1, 5), counted(0, 12));
        assertThat(assembly.numbers())
                .containsExactly(List.of(0L, 1L), List.of(5L, 6L), List.of(10L, 11L));
        assertThat(assembly.leftOut).isEqualTo(6);
    }

    @Test
    void aStrideGoesByNumbersWhereThereAreSome() {
        List<Sent> sent = new ArrayList<>(counted(0, 10));
        sent.remove(3);
        Assembly assembly = Assembly.of(rules(3, 2, 3), sent);
        assertThat(assembly.numbers()).containsExactly(List.of(0L, 2L, 4L));
        List<Sent> uncounted = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            uncounted.add(sent(-1, i * 100L));
        }
        assertThat(times(Assembly.of(rules(3, 2, 3), uncounted)))
                .containsExactly(List.of(0L, 200L, 400L));
    }

    @Test
    void aStrideByTimeTakesTheFirstFrameThatIsLateEnough() {
        ClipRules rules = new ClipRules(3, 1, Duration.ofMillis(200), 3, GAP, MissingFrames.SKIP);
        List<Sent> sent =
                LongStream.of(0, 90, 199, 260, 300, 459, 460, 500)
                        .mapToObj(millis -> sent(millis, millis))
                        .toList();
        assertThat(times(Assembly.of(rules, sent))).containsExactly(List.of(0L, 260L, 460L));
    }

    @Test
    void aLongGapBeginsAnew() {
        List<Sent> sent =
                List.of(
                        sent(0, 0),
                        sent(1, 500),
                        sent(2, 1_501),
                        sent(3, 2_000),
                        sent(4, 3_000),
                        sent(5, 3_001));
        Assembly assembly = Assembly.of(rules(3, 1, 3), sent);
        assertThat(assembly.numbers()).containsExactly(List.of(2L, 3L, 4L));
        assertThat(assembly.begunAnew).isEqualTo(1);
        assertThat(assembly.lost).isEqualTo(2);
    }

    @Test
    void aClockThatIsSetBackBeginsAnew() {
        List<Sent> sent =
                List.of(sent(7, 90_000), sent(8, 90_100), sent(9, 0), sent(10, 100), sent(11, 200));
        Assembly assembly = Assembly.of(rules(3, 1, 3), sent);
        assertThat(assembly.numbers()).containsExactly(List.of(9L, 10L, 11L));
    }

    @Test
    void repeatsAndLateFramesArePassedOver() {
        List<Sent> sent =
                List.of(
                        sent(0, 0),
                        sent(1, 100),
                        sent(1, 100),
                        sent(0, 0),
                        sent(3, 300),
                        sent(2, 200));
        Assembly assembly = Assembly.of(rules(3, 1, 3), sent);
        assertThat(assembly.numbers()).containsExactly(List.of(0L, 1L, 3L));
        assertThat(assembly.passedOver).isEqualTo(3);
        assertThat(assembly.begunAnew).isZero();
    }

    @Test
    void aCameraThatCountsAnewBeginsAnew() {
        List<Sent> sent =
                List.of(sent(70, 0), sent(71, 100), sent(0, 200), sent(1, 300), sent(2, 400));
        Assembly assembly = Assembly.of(rules(3, 1, 3), sent);
        assertThat(assembly.numbers()).containsExactly(List.of(0L, 1L, 2L));
        assertThat(assembly.lost).isEqualTo(2);
    }

    @Test
    void withoutNumbersOnlyAnEventThatIsSentTwiceIsARepeat() {
        List<Sent> sent =
                List.of(
                        new Sent(new Seen("a", -1, START), false),
                        new Sent(new Seen("a", -1, START), false),
                        new Sent(new Seen("b", -1, START), false),
                        new Sent(new Seen("c", -1, START.minusMillis(1)), false),
                        new Sent(new Seen("d", -1, START.plusMillis(1)), false));
        Assembly assembly = Assembly.of(rules(3, 1, 3), sent);
        assertThat(assembly.complete.get(0))
                .extracting(Seen::eventId)
                .containsExactly("a", "b", "d");
        assertThat(assembly.passedOver).isEqualTo(2);
    }

    @Test
    void aClipGoesOnWithoutAMissingFrame() {
        List<Sent> sent = List.of(sent(0, 0), missing(1, 100), sent(2, 200), sent(3, 300));
        Assembly assembly = Assembly.of(rules(3, 1, 3), sent);
        assertThat(assembly.numbers()).containsExactly(List.of(0L, 2L, 3L));
        assertThat(assembly.begunAnew).isZero();
    }

    @Test
    void aClipBeginsAnewAfterAMissingFrameIfItIsToldTo() {
        List<Sent> sent =
                List.of(
                        missing(0, 0),
                        sent(1, 100),
                        missing(2, 200),
                        missing(3, 300),
                        sent(4, 400),
                        sent(4, 400),
                        sent(5, 500),
                        sent(6, 600));
        ClipRules rules = new ClipRules(3, 1, Duration.ZERO, 3, GAP, MissingFrames.RESTART);
        Assembly assembly = Assembly.of(rules, sent);
        assertThat(assembly.numbers()).containsExactly(List.of(4L, 5L, 6L));
        assertThat(assembly.begunAnew).isEqualTo(1);
        assertThat(assembly.lost).isEqualTo(1);
    }

    @Test
    void missingFramesDoNotBridgeAGap() {
        List<Sent> sent =
                List.of(
                        sent(0, 0),
                        missing(1, 900),
                        sent(2, 1_800),
                        sent(3, 1_900),
                        sent(4, 2_000));
        assertThat(Assembly.of(rules(3, 1, 3), sent).numbers())
                .containsExactly(List.of(2L, 3L, 4L));
    }

    @Test
    void aClipOfOneFrameIsEachFrame() {
        assertThat(Assembly.of(rules(1, 1, 1), counted(0, 3)).numbers())
                .containsExactly(List.of(0L), List.of(1L), List.of(2L));
    }

    @Test
    void rulesThatMakeNoClipsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rules(0, 1, 1))
                .withMessage("a clip's length, stride and step must be 1 or more, got 0, 1 and 1");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new ClipRules(
                                        1, 1, Duration.ZERO, 1, Duration.ZERO, MissingFrames.SKIP));
    }

    private static ClipRules rules(int length, int stride, int step) {
        return new ClipRules(length, stride, Duration.ZERO, step, GAP, MissingFrames.SKIP);
    }

    private static List<Sent> counted(long from, long to) {
        return LongStream.range(from, to).mapToObj(number -> sent(number, number * 100)).toList();
    }

    private static Sent sent(long number, long millis) {
        return new Sent(seen(number, millis), false);
    }

    private static Sent missing(long number, long millis) {
        return new Sent(seen(number, millis), true);
    }

    private static Seen seen(long number, long millis) {
        return new Seen("event-" + number + "-" + millis, number, START.plusMillis(millis));
    }

    private static List<List<Long>> times(Assembly assembly) {
        return assembly.complete.stream()
                .map(
                        clip ->
                                clip.stream()
                                        .map(seen -> Duration.between(START, seen.capturedAt()))
                                        .map(Duration::toMillis)
                                        .toList())
                .toList();
    }
}
