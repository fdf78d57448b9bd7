package dev.iresnet.operator;

import dev.iresnet.event.FailureCode;
import dev.iresnet.event.FrameException;
import dev.iresnet.event.ImageUri;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells "no" from "not now". Flink's file systems have no common language for it: the local one and
 * Hadoop's throw {@link FileNotFoundException} and {@link AccessDeniedException}, others wrap what
 * their clients say, which knows a status of HTTP. So the whole chain of causes is looked at, and
 * what says neither is "not now".
 */
final class StoreErrors {
    private static final Logger LOG = LoggerFactory.getLogger(StoreErrors.class);
    private static final int LONGEST_CHAIN = 16;

    /** Codes of which one was logged. */
    private static final Set<FailureCode> TOLD = ConcurrentHashMap.newKeySet();

    private StoreErrors() {}

    /**
     * Sorts an error. What the store has said of it goes to the log, and not into the dead letter,
     * which strangers may read: it may name hosts, users, and where links lead.
     *
     * @return the error, if the store may give the picture later
     * @throws FrameException if it never will
     */
    static IOException sorted(ImageUri uri, Exception error) throws FrameException {
        Throwable cause = error;
        for (int i = 0; i < LONGEST_CHAIN && cause != null; i++) {
            FailureCode code = code(cause);
            if (code != null) {
                tell(code, uri, error);
                throw new FrameException(
                        code,
                        code == FailureCode.IMAGE_NOT_FOUND
                                ? uri + " is not there"
                                : uri + " may not be read by this job",
                        error);
            }
            cause = cause.getCause();
        }
        return error instanceof IOException io ? io : new IOException(error.toString(), error);
    }

    private static void tell(FailureCode code, ImageUri uri, Exception error) {
        if (TOLD.add(code)) {
            LOG.warn(
                    "{} is a dead letter of code {}; of others only the log level DEBUG tells",
                    uri,
                    code,
                    error);
        } else {
            LOG.debug("{} is a dead letter of code {}", uri, code, error);
        }
    }

    private static @Nullable FailureCode code(Throwable cause) {
        if (cause instanceof FileNotFoundException || cause instanceof NoSuchFileException) {
            return FailureCode.IMAGE_NOT_FOUND;
        }
        if (cause instanceof AccessDeniedException) {
            return FailureCode.IMAGE_ACCESS_DENIED;
        }
        // Hadoop's, which are not on our class path, as thrown here or at its other end.
        String name = cause.getClass().getName() + " " + answer(cause, "getClassName");
        if (name.contains(".ParentNotDirectoryException")) {
            return FailureCode.IMAGE_NOT_FOUND;
        }
        if (name.contains(".AccessControlException")) {
            return FailureCode.IMAGE_ACCESS_DENIED;
        }
        return switch (httpStatus(cause)) {
            case HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_GONE ->
                    FailureCode.IMAGE_NOT_FOUND;
            case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN ->
                    FailureCode.IMAGE_ACCESS_DENIED;
            default -> null;
        };
    }

    /** As the clients of Amazon (both generations), Google and Azure name it; 0 for others. */
    private static int httpStatus(Throwable cause) {
        return answer(cause, "statusCode") instanceof Integer status
                ? status
                : answer(cause, "getStatusCode") instanceof Integer older ? older : 0;
    }

    private static @Nullable Object answer(Throwable cause, String method) {
        try {
            return cause.getClass().getMethod(method).invoke(cause);
        } catch (ReflectiveOperationException e) {
            return null; // not one of these
        }
    }
}
