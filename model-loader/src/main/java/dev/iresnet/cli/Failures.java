package dev.iresnet.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files that could not be done while others could: each is named on standard error. */
final class Failures {
    private final PrintWriter err;
    private int count;

    Failures(PrintWriter err) {
        this.err = err;
    }

    void add(Path file, Exception failure) {
        count++;
        err.println("iresnet: " + file + ": " + reason(failure));
        err.flush();
    }

    /** 1 if any file failed. */
    int exitCode() {
        return count == 0 ? 0 : 1;
    }

    /**
     * The JDK's file exceptions have the file for a message, and say what happened by their type.
     */
    private static String reason(Exception failure) {
        if (failure instanceof NoSuchFileException) {
            return "no such file";
        }
        if (failure instanceof AccessDeniedException) {
            return "may not be read";
        }
        return failure instanceof IOException
                ? "cannot be read: " + failure.getMessage()
                : String.valueOf(failure.getMessage());
    }
}
