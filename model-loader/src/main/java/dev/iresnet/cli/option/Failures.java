package dev.iresnet.cli.option;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files that failed while others did not: each is named on standard error. */
public final class Failures {
    /** Why a picture has no answer though the network ran. */
    public static final String NOT_FINITE = "the network's output is not finite";

    private final PrintWriter err;
    private int count;

    public Failures(PrintWriter err) {
        this.err = err;
    }

    /** Failures that are told elsewhere. */
    public static Failures unheard() {
        return new Failures(new PrintWriter(Writer.nullWriter()));
    }

    public void add(Path file, Exception failure) {
        add(file, reason(failure));
    }

    public void add(Path file, String reason) {
        count++;
        err.println("iresnet: " + file + ": " + reason);
        err.flush();
    }

    public int count() {
        return count;
    }

    public int exitCode() {
        return count == 0 ? ExitCode.DONE : ExitCode.INPUT;
    }

    /**
     * What went wrong, with the file if there is one. The JDK's file exceptions have the file for a
     * message, and say what happened by their type.
     */
    public static String sentence(Exception failure) {
        if (failure instanceof FileSystemException file && file.getReason() == null) {
            String reason =
                    failure instanceof NoSuchFileException
                            ? "no such file or directory"
                            : failure instanceof AccessDeniedException
                                    ? "permission denied"
                                    : failure instanceof FileAlreadyExistsException
                                            ? "exists already, and is not a directory"
                                            : failure.getClass().getSimpleName();
            return file.getFile() + ": " + reason;
        }
        return String.valueOf(failure.getMessage());
    }

    /** The same of a file that is named beside it. */
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
