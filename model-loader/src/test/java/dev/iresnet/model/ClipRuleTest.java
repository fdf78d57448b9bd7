package dev.iresnet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClipRuleTest {
    private static final OptionalDouble UNKNOWN = OptionalDouble.empty();

    private static List<List<Integer>> clips(ClipRule rule, int frames, OptionalDouble rate) {
        return rule.clips(frames, rate).stream()
                .map(clip -> IntStream.of(clip).boxed().toList())
                .toList();
    }

    /** Kenshohara's SlidingWindow with LoopPadding. */
    @Test
    void clipsFollowOneAnotherAndTheLastIsLooped() {
        ClipRule rule = new ClipRule(4);

        assertThat(clips(rule, 10, UNKNOWN))
                .containsExactly(List.of(0, 1, 2, 3), List.of(4, 5, 6, 7), List.of(8, 9, 8, 9));
        assertThat(clips(rule, 8, UNKNOWN)).hasSize(2);
        assertThat(clips(rule, 3, UNKNOWN)).containsExactly(List.of(0, 1, 2, 0));
        assertThat(clips(rule, 1, OptionalDouble.of(25))).containsExactly(List.of(0, 0, 0, 0));
    }

    /**
     * Torchvision's UniformClipSampler: linspace over the places where a clip can begin, floored.
     */
    @Test
    void clipsAreSpreadOverTheVideo() {
        ClipRule rule = new ClipRule(4, 1, Optional.of(3), Optional.empty());

        assertThat(clips(rule, 11, UNKNOWN))
                .containsExactly(List.of(0, 1, 2, 3), List.of(3, 4, 5, 6), List.of(7, 8, 9, 10));
        assertThat(clips(rule, 2, UNKNOWN))
                .containsExactly(List.of(0, 1, 0, 1), List.of(0, 1, 0, 1), List.of(0, 1, 0, 1));
    }

    @Test
    void framesAreLeftOutBetweenThoseOfAClip() {
        ClipRule spread = new ClipRule(3, 2, Optional.of(2), Optional.empty());
        ClipRule behind = new ClipRule(3, 2, Optional.empty(), Optional.empty());

        assertThat(clips(spread, 8, UNKNOWN)).containsExactly(List.of(0, 2, 4), List.of(3, 5, 7));
        assertThat(clips(behind, 8, UNKNOWN)).containsExactly(List.of(0, 2, 4), List.of(6, 6, 6));
    }

    /** Torchvision's _resample_video_idx: 30 to 15 is every second, 25 to 15 floor(i * 5 / 3). */
    @Test
    void aVideoIsBroughtToTheRateFirst() {
        ClipRule rule = new ClipRule(6, 1, Optional.of(1), Optional.of(15f));

        assertThat(clips(rule, 11, OptionalDouble.of(30)))
                .containsExactly(List.of(0, 2, 4, 6, 8, 10));
        assertThat(clips(rule, 10, OptionalDouble.of(25)))
                .containsExactly(List.of(0, 1, 3, 5, 6, 8));
        assertThat(clips(rule, 6, UNKNOWN)).containsExactly(List.of(0, 1, 2, 3, 4, 5));
        assertThat(clips(rule, 3, OptionalDouble.of(7.5)))
                .containsExactly(List.of(0, 0, 1, 1, 2, 2));
    }

    /** A still picture that a file shows for hours. */
    @Test
    void aVideoIsNotRepeatedWithoutEnd() {
        ClipRule rule = new ClipRule(6, 1, Optional.empty(), Optional.of(1000f));

        assertThat(rule.clips(100, OptionalDouble.of(1))).hasSize(100_000 / 6 + 1);
        assertThatThrownBy(() -> rule.clips(101, OptionalDouble.of(1)))
                .isInstanceOf(ModelException.class)
                .hasMessage(
                        "its 101 frames, 1.000 a second, would be 101000 at the model's 1000.0 a second, and at most 100000 are made; cut it into shorter videos");
        assertThatThrownBy(() -> rule.clip(20_000, OptionalDouble.of(1e-9), 0))
                .isInstanceOf(ModelException.class);
    }

    @Test
    void whatIsOutOfRangeIsRefused() {
        assertThatThrownBy(() -> new ClipRule(0))
                .hasMessage("a clip must have 1..1024 frames, got 0");
        assertThatThrownBy(() -> new ClipRule(8, 1, Optional.of(0), Optional.empty()))
                .hasMessageContaining("clips of a video, got 0");
        assertThatThrownBy(() -> new ClipRule(8, 1, Optional.empty(), Optional.of(0f)))
                .hasMessageContaining("above 0");
    }
}
