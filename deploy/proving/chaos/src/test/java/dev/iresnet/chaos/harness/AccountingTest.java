package dev.iresnet.chaos.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccountingTest {

    @Test
    void producedIsLabelledAndDeadLetteredAndShed() {
        assertThat(Accounting.violations(Verdicts.good())).isEmpty();
    }

    @Test
    void aSumThatDoesNotComeOutIsAViolation() {
        assertThat(Accounting.violations(Verdicts.good().put("stale", 9)))
                .containsExactly(
                        "100 frames were produced, and 99 are labelled, shed or dead letters");
    }

    @Test
    void whatTheVerifierFindsIsAViolation() {
        assertThat(Accounting.violations(Verdicts.good().put("duplicated", 3)))
                .containsExactly("duplicated: 3");
    }

    @Test
    void aVerdictThatSaysNothingIsAViolation() {
        assertThat(Accounting.violations(Verdicts.good().removeAll())).hasSize(7);
    }
}
