package dev.iresnet.evaluation;

import java.io.IOException;

/** Directories of labelled pictures that do not fit the model's labels. */
public final class UnknownLabelException extends IOException {
    private static final long serialVersionUID = 1L;

    UnknownLabelException(String message) {
        super(message);
    }
}
