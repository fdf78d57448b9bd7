package dev.iresnet.operator;

import dev.iresnet.event.FailureCode;
import dev.iresnet.event.FrameException;
import dev.iresnet.event.ImageUri;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.core.fs.FileSystem;

/**
 * Pictures in directories of this machine. A link may lead anywhere, so what counts is where the
 * path really ends: that must be below an allowed directory as that really is. Only plain files are
 * read, for a pipe or a device may never end.
 *
 * <p>Who can write to an allowed directory could exchange a file for a link between check and
 * reading: allow directories that producers are trusted with.
 */
final class LocalPictures {
    static final String SCHEME = "file";

    private final List<Path> allowed;

    LocalPictures(List<ImageUri> allowed) {
        this.allowed =
                allowed.stream()
                        .filter(directory -> directory.scheme().equals(SCHEME))
                        .map(directory -> Path.of(directory.path()))
                        .toList();
    }

    InputStream open(ImageUri uri) throws FrameException, IOException {
        Path picture = Path.of(uri.path());
        checkMounted(picture);
        Path real = real(uri, picture);
        boolean inside = false;
        for (Path directory : allowed) {
            inside |= isThere(directory) && real.startsWith(directory.toRealPath());
        }
        if (!inside) {
            throw new FrameException(
                    FailureCode.IMAGE_REFERENCE_NOT_ALLOWED,
                    uri + " is a link that leads out of references.allowed");
        }
        if (!Files.isRegularFile(real)) {
            throw new FrameException(FailureCode.IMAGE_NOT_FOUND, uri + " is not a file");
        }
        if (!Files.isReadable(real)) {
            throw new FrameException(
                    FailureCode.IMAGE_ACCESS_DENIED,
                    uri + " may not be read by this process's user");
        }
        return FileSystem.getLocalFileSystem()
                .open(new org.apache.flink.core.fs.Path(real.toUri()));
    }

    /** What cannot be resolved though its directory works, no waiting will mend. */
    private Path real(ImageUri uri, Path picture) throws FrameException, IOException {
        try {
            return picture.toRealPath();
        } catch (NoSuchFileException | AccessDeniedException e) {
            throw e;
        } catch (FileSystemException e) {
            for (Path part = picture; part != null && !allowed.contains(part); ) {
                if (Files.isSymbolicLink(part) || (part != picture && Files.isRegularFile(part))) {
                    throw new FrameException(
                            FailureCode.IMAGE_NOT_FOUND, uri + " leads nowhere", e);
                }
                part = part.getParent();
            }
            throw e;
        }
    }

    /** A directory that is not there is taken for one that is not mounted now. */
    private void checkMounted(Path picture) throws IOException {
        for (Path directory : allowed) {
            if (picture.startsWith(directory) && isThere(directory)) {
                return;
            }
        }
        throw new IOException("the directory of references.allowed is not there; is it mounted?");
    }

    private static boolean isThere(Path directory) throws IOException {
        try {
            return directory.toRealPath() != null;
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
