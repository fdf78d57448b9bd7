package dev.iresnet.decoding.fetch;

import java.io.FileNotFoundException;
import java.net.HttpURLConnection;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/**
 * What an error of a store says, for pictures and models alike. Flink's file systems have no common
 * language for it: the local one and Hadoop's throw {@link FileNotFoundException} and {@link
 * AccessDeniedException}, others wrap what their clients say, which knows a status of HTTP. So the
 * whole chain of causes is looked at. Whether the error is checked says nothing: clients throw
 * their own unchecked kinds for a lost connection.
 */
public enum StoreAnswer {
    /** There is no such file. */
    NOT_FOUND,
    /** This job may not read it. */
    DENIED,
    /** Anything else: a later attempt may succeed. */
    NOT_NOW;

    private static final int LONGEST_CHAIN = 16;

    /** Sorts an error. */
    public static StoreAnswer of(Throwable error) {
        Throwable cause = error;
        for (int i = 0; i < LONGEST_CHAIN && cause != null; i++) {
            StoreAnswer answer = ofOne(cause);
            if (answer != NOT_NOW) {
                return answer;
            }
            cause = cause.getCause();
        }
        return NOT_NOW;
    }

    private static StoreAnswer ofOne(Throwable cause) {
        if (cause instanceof FileNotFoundException || cause instanceof NoSuchFileException) {
            return NOT_FOUND;
        }
        if (cause instanceof AccessDeniedException) {
            return DENIED;
        }
        // Hadoop's, which are not on our class path, as thrown here or at its other end.
        String name = cause.getClass().getName() + " " + call(cause, "getClassName");
        if (name.contains(".ParentNotDirectoryException")) {
            return NOT_FOUND;
        }
        if (name.contains(".AccessControlException")) {
            return DENIED;
        }
        return switch (httpStatus(cause)) {
            case HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_GONE -> NOT_FOUND;
            case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN -> DENIED;
            default -> NOT_NOW;
        };
    }

    /** As the clients of Amazon (both generations), Google and Azure name it; 0 for others. */
    private static int httpStatus(Throwable cause) {
        return call(cause, "statusCode") instanceof Integer status
                ? status
                : call(cause, "getStatusCode") instanceof Integer older ? older : 0;
    }

    private static @Nullable Object call(Throwable cause, String method) {
        try {
            return cause.getClass().getMethod(method).invoke(cause);
        } catch (ReflectiveOperationException e) {
            return null; // not one of these
        }
    }
}
