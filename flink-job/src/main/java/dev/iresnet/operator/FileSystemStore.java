package dev.iresnet.operator;

import dev.iresnet.decoding.fetch.ImageStore;
import dev.iresnet.decoding.fetch.StoreAnswer;
import dev.iresnet.event.FailureCode;
import dev.iresnet.event.FrameException;
import dev.iresnet.event.ImageUri;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pictures in whatever Flink has a file system for: local and mounted directories, and the stores
 * of the plugins. Of {@code file:} links are followed, and what they lead to must be allowed, too.
 *
 * <p>The file system is looked up on the thread that reads. One that a task thread has looked up
 * would be closed with its task.
 */
public final class FileSystemStore implements ImageStore {
    private static final Logger LOG = LoggerFactory.getLogger(FileSystemStore.class);

    /** Codes of which one was logged. */
    private static final Set<FailureCode> LOGGED = ConcurrentHashMap.newKeySet();

    private final LocalPictures local;

    /**
     * Opens nothing yet.
     *
     * @param allowed directories, of which local ones are resolved again at each read
     */
    public FileSystemStore(List<ImageUri> allowed) {
        this.local = new LocalPictures(allowed);
    }

    @Override
    public InputStream open(ImageUri uri) throws FrameException, IOException {
        try {
            if (uri.scheme().equals(LocalPictures.SCHEME)) {
                return local.open(uri);
            }
            return fileSystem(uri).open(new Path(javaUri(uri)));
        } catch (IOException | RuntimeException e) {
            throw sorted(uri, e);
        }
    }

    /**
     * Whether Flink has a file system for a directory's scheme; the store itself is not asked.
     *
     * @return what is missing, fit to follow the directory's name; empty if nothing is
     */
    public static String missing(ImageUri directory) {
        try {
            fileSystem(directory);
            return "";
        } catch (UnsupportedFileSystemSchemeException e) {
            return ("has a scheme that Flink has no file system for; put its plugin into plugins/"
                            + " of every machine, the submitting one too: ")
                    + e.getMessage();
        } catch (IOException | RuntimeException e) {
            // It has one. That it cannot be reached now, or from here, is no mistake.
            return "";
        }
    }

    /** The error if the store may give the picture later. */
    static IOException sorted(ImageUri uri, Exception error) throws FrameException {
        return switch (StoreAnswer.of(error)) {
            case NOT_FOUND -> throw refused(FailureCode.IMAGE_NOT_FOUND, uri, error);
            case DENIED -> throw refused(FailureCode.IMAGE_ACCESS_DENIED, uri, error);
            case NOT_NOW ->
                    error instanceof IOException io ? io : new IOException(error.toString(), error);
        };
    }

    /**
     * What the store has said goes to the log, and not into the dead letter, which strangers may
     * read: it may name hosts, users, and where links lead.
     */
    private static FrameException refused(FailureCode code, ImageUri uri, Exception error) {
        if (LOGGED.add(code)) {
            LOG.warn(
                    "{} is a dead letter of code {}; others of this code are logged at level DEBUG",
                    uri,
                    code,
                    error);
        } else {
            LOG.debug("{} is a dead letter of code {}", uri, code, error);
        }
        String what =
                code == FailureCode.IMAGE_NOT_FOUND
                        ? " is not there"
                        : " may not be read by this job";
        return new FrameException(code, uri + what, error);
    }

    private static FileSystem fileSystem(ImageUri uri) throws IOException {
        return FileSystem.get(javaUri(uri));
    }

    private static URI javaUri(ImageUri uri) throws IOException {
        try {
            String authority = uri.authority().isEmpty() ? null : uri.authority();
            return new URI(uri.scheme(), authority, uri.path(), null, null);
        } catch (URISyntaxException e) {
            throw new IOException("%s is no URI: %s".formatted(uri, e.getMessage()), e);
        }
    }
}
