package dev.iresnet.proving.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Set;
import org.assertj.core.util.DoubleComparator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerdictFiguresTest extends TwentyFrames {

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
}
