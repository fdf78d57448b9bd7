package dev.iresnet.chaos.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RuleTest {
    private static final Rule ONE_PERCENT = new Rule(0.01, 0, "because");
    private static final double[] MINUTES =
            IntStream.range(0, 15).mapToDouble(minute -> minute).toArray();

    @Test
    void whatStaysAsItIsIsFlat() {
        Trend trend = judge(ONE_PERCENT, minute -> 1000);

        assertThat(trend.verdict()).isEqualTo(Trend.Verdict.FLAT);
        assertThat(trend.level()).isEqualTo(1000);
        assertThat(trend.allowance()).isEqualTo(10);
    }

    @Test
    void whatShrinksIsFlat() {
        assertThat(judge(ONE_PERCENT, minute -> 1000 - 20 * minute).verdict())
                .isEqualTo(Trend.Verdict.FLAT);
    }

    @Test
    void aLittleGrowthIsLetThroughAndMoreIsNot() {
        assertThat(judge(ONE_PERCENT, minute -> 1000 + 0.6 * minute).verdict())
                .isEqualTo(Trend.Verdict.FLAT);
        assertThat(judge(ONE_PERCENT, minute -> 1000 + 0.8 * minute).verdict())
                .isEqualTo(Trend.Verdict.GROWS);
    }

    @Test
    void growthIsFoundInNoise() {
        Random random = new Random(1);

        assertThat(
                        judge(ONE_PERCENT, minute -> 1000 + 2 * minute + 2 * random.nextGaussian())
                                .verdict())
                .isEqualTo(Trend.Verdict.GROWS);
    }

    @Test
    void noiseThatCouldHideGrowthIsNotFlat() {
        Random random = new Random(1);

        assertThat(judge(ONE_PERCENT, minute -> 1000 + 100 * random.nextGaussian()).verdict())
                .isEqualTo(Trend.Verdict.UNCLEAR);
    }

    @Test
    void theLeastAllowanceHoldsWhereAShareIsTooLittle() {
        assertThat(judge(new Rule(0.01, 1, "because"), minute -> 40 + 0.05 * minute).verdict())
                .isEqualTo(Trend.Verdict.FLAT);
    }

    @Test
    void fewPointsTellNothing() {
        assertThat(ONE_PERCENT.judge("MB/min", new double[4], new double[4]).verdict())
                .isEqualTo(Trend.Verdict.UNCLEAR);
    }

    @Test
    void aRuleThatAllowsNothingIsRefused() {
        assertThatThrownBy(() -> new Rule(0, 0, "because")).hasMessageContaining("above 0");
    }

    private static Trend judge(Rule rule, DoubleUnaryOperator value) {
        return rule.judge("MB/min", MINUTES, DoubleStream.of(MINUTES).map(value).toArray());
    }
}
