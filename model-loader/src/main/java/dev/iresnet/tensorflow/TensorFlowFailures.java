package dev.iresnet.tensorflow;

import org.tensorflow.exceptions.TensorFlowException;

/**
 * What TensorFlow throws. Its exceptions have no class in common: one of a wrong argument is an
 * {@link IllegalArgumentException}, one of a missing kernel an {@link
 * UnsupportedOperationException}. They have a package in common.
 */
public final class TensorFlowFailures {
    private static final String PACKAGE = TensorFlowException.class.getPackageName();

    private TensorFlowFailures() {}

    /**
     * Whether TensorFlow threw this; anything else is a bug of this program. To be asked in a
     * {@code catch} of {@link RuntimeException}.
     */
    public static boolean isOne(RuntimeException failure) {
        return failure.getClass().getPackageName().equals(PACKAGE);
    }
}
