package dev.iresnet.operator;

import static dev.iresnet.operator.OperatorHarness.harness;
import static dev.iresnet.operator.OperatorHarness.open;
import static dev.iresnet.operator.OperatorHarness.runMails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What ends the operator, and what that says. */
@Timeout(60)
@SuppressWarnings("try") // the harness may be interrupted while it closes
final class InferenceOperatorFailureTest {
    private final ManualClient client = new ManualClient();

    @Test
    void aModelThatFailsWhileItLabelsIsWorthARestart() throws Exception {
        try (var harness = open(client, 8)) {
            harness.processElement(Frames.frame(0), 0);
            client.breakDown(0, new IllegalStateException("device gpu:0 was lost"));
            assertThatThrownBy(() -> runMails(harness))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("device gpu:0 was lost")
                    .satisfies(OperatorHarness::isNotFatal);
        }
    }

    @Test
    void anErrorOfTheProcessIsLeftToFlink() throws Exception {
        try (var harness = open(client, 8)) {
            harness.processElement(Frames.frame(0), 0);
            Error shortage = new OutOfMemoryError("Java heap space");
            client.breakDown(0, shortage);
            assertThatThrownBy(() -> runMails(harness)).isSameAs(shortage);
        }
    }

    @Test
    void aBrokenModelIsFoundWhileWaitingForTheBarrier() throws Exception {
        try (var harness = open(client, 8)) {
            harness.processElement(Frames.frame(0), 0);
            Thread answers =
                    OperatorHarness.start(
                            () -> client.breakDown(0, new IllegalStateException("out of memory")));
            assertThatThrownBy(() -> harness.prepareSnapshotPreBarrier(1))
                    .hasStackTraceContaining("out of memory")
                    .satisfies(OperatorHarness::isNotFatal);
            answers.join();
        }
    }

    @Test
    void aModelThatCannotBeLoadedStopsTheJobForGood() throws Exception {
        InferenceClientProvider provider =
                context -> {
                    throw new IllegalArgumentException("no model at /models/none");
                };
        try (var harness = harness(provider, new InFlightLimit(8, Long.MAX_VALUE))) {
            assertThatThrownBy(harness::open)
                    .hasMessageContaining("no model at /models/none")
                    .satisfies(OperatorHarness::isFatal);
        }
    }

    @Test
    void whatTheProviderSaysIsNotSaidTwice() throws Exception {
        TaggingException reason =
                new TaggingException("The model cannot be used", new IllegalStateException());
        InferenceClientProvider provider =
                context -> {
                    throw reason;
                };
        try (var harness = harness(provider, new InFlightLimit(8, Long.MAX_VALUE))) {
            assertThatThrownBy(harness::open).isSameAs(reason);
        }
    }

    @Test
    void emitsNothingAfterCloseAndLetsTheEngineKnow() throws Exception {
        try (var harness = open(client, 8)) {
            for (int i = 0; i < 3; i++) {
                harness.processElement(Frames.frame(i), i);
            }
            client.label(0);
            harness.getOneInputOperator().close();
            runMails(harness);
            client.label(1);
            runMails(harness);

            assertThat(harness.getOutput()).isEmpty();
            assertThat(client.outcome(2)).isCancelled();
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void aFullOperatorCanBeInterrupted() throws Exception {
        try (var harness = open(client, 1)) {
            harness.processElement(Frames.frame(0), 0);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> harness.processElement(Frames.frame(1), 1))
                    .isInstanceOf(InterruptedException.class);
            client.label(0);
        }
    }
}
