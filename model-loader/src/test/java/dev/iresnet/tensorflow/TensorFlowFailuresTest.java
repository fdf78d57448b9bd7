package dev.iresnet.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.exceptions.TFFailedPreconditionException;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.exceptions.TFUnimplementedException;
import org.tensorflow.exceptions.TensorFlowException;

final class TensorFlowFailuresTest {

    @Test
    void theirPackageTellsThemWhateverTheyExtend() {
        assertThat(
                        List.of(
                                new TensorFlowException("lost"),
                                new TFInvalidArgumentException("wrong"),
                                new TFFailedPreconditionException("too early"),
                                new TFUnimplementedException("no kernel")))
                .allMatch(TensorFlowFailures::isOne);
    }

    @Test
    void faultsOfOursAreNone() {
        assertThat(
                        List.of(
                                new IllegalArgumentException("wrong"),
                                new IllegalStateException("too early"),
                                new UnsupportedOperationException("not written")))
                .noneMatch(TensorFlowFailures::isOne);
    }
}
