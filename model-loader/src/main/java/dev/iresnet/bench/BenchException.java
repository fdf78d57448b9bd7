package dev.iresnet.bench;

import java.io.IOException;

/** A measurement that failed, or that cannot be believed. */
public final class BenchException extends IOException {
    private static final long serialVersionUID = 1L;

    BenchException(String message) {
        super(message);
    }
}
