package dev.iresnet.benchmark.stat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetTest {
    private static final Target AT_LEAST = Target.atLeast(0.9);
    private static final Target AT_MOST = Target.atMost(1.2);

    private static Sample sample(double... rounds) {
        return new Sample(Arrays.stream(rounds).boxed().toList());
    }

    @Test
    void isMetWhereAllRoundsAreOnTheGoodSide() {
        assertThat(AT_LEAST.judge(sample(0.94, 0.95, 0.96))).isEqualTo(Verdict.PASS);
        assertThat(AT_MOST.judge(sample(1.05, 1.1, 1.12))).isEqualTo(Verdict.PASS);
    }

    @Test
    void isMissedWhereAllRoundsAreOnTheBadSide() {
        assertThat(AT_LEAST.judge(sample(0.8, 0.81, 0.85))).isEqualTo(Verdict.FAIL);
        assertThat(AT_MOST.judge(sample(1.3, 1.35, 1.4))).isEqualTo(Verdict.FAIL);
    }

    @Test
    void isLeftOpenWhereTheSpreadIsLargerThanTheMargin() {
        assertThat(AT_LEAST.judge(sample(0.89, 0.95, 0.96))).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(AT_LEAST.judge(sample(0.8, 0.85, 0.91))).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(AT_MOST.judge(sample(1.1, 1.15, 1.25))).isEqualTo(Verdict.INCONCLUSIVE);
    }

    /** A spread to the good side casts as much doubt on the median as one to the bad side. */
    @Test
    void isLeftOpenWhereRoundsSpreadToTheGoodSide() {
        assertThat(AT_LEAST.judge(sample(0.94, 0.95, 1.2))).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void isMetAtItsBound() {
        assertThat(AT_LEAST.judge(sample(0.9, 0.9, 0.9))).isEqualTo(Verdict.PASS);
        assertThat(AT_MOST.judge(sample(1.2, 1.2, 1.2))).isEqualTo(Verdict.PASS);
    }

    @Test
    void knowsWhichOfTwoSamplesIsWorse() {
        Sample low = new Sample(List.of(0.7));
        Sample high = new Sample(List.of(1.4));

        assertThat(AT_LEAST.worse(low, high)).isEqualTo(low);
        assertThat(AT_LEAST.worse(high, low)).isEqualTo(low);
        assertThat(AT_MOST.worse(low, high)).isEqualTo(high);
        assertThat(AT_MOST.worse(high, low)).isEqualTo(high);
    }
}
