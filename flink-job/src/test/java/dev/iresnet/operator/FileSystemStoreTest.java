package dev.iresnet.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.iresnet.event.FailureCode;
import dev.iresnet.event.FrameException;
import dev.iresnet.event.ImageUri;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class FileSystemStoreTest {
    private static final byte[] PICTURE = {1, 2, 3};
    private static final ImageUri REMOTE = ImageUri.ofPicture("s3://frames/a.jpg");

    @TempDir Path folder;

    private Path frames;
    private FileSystemStore store;

    @BeforeEach
    void allowFrames() throws IOException {
        frames = Files.createDirectory(folder.resolve("frames"));
        Files.write(frames.resolve("a.jpg"), PICTURE);
        Files.write(folder.resolve("secret"), PICTURE);
        store = new FileSystemStore(List.of(ImageUri.ofDirectory(frames.toUri().toString())));
    }

    @Test
    void readsThroughFlink() throws Exception {
        try (InputStream in = store.open(uri("a.jpg"))) {
            assertThat(in).isInstanceOf(org.apache.flink.core.fs.FSDataInputStream.class);
            assertThat(in.readAllBytes()).isEqualTo(PICTURE);
        }
    }

    @Test
    void linksWithinTheDirectoryAreFollowedAndThoseThatLeadOutAreNot() throws Exception {
        Files.createSymbolicLink(frames.resolve("inside"), frames.resolve("a.jpg"));
        Files.createSymbolicLink(frames.resolve("outside"), folder.resolve("secret"));
        Files.createSymbolicLink(frames.resolve("up"), folder);
        Files.createSymbolicLink(frames.resolve("root"), Path.of("/"));

        try (InputStream in = store.open(uri("inside"))) {
            assertThat(in.readAllBytes()).isEqualTo(PICTURE);
        }
        // Begins as the allowed one does.
        Files.createDirectory(folder.resolve("frames2"));
        for (String out : List.of("outside", "up/secret", "root/etc/passwd", "up/frames2")) {
            assertThat(refusal(out)).isEqualTo(FailureCode.IMAGE_REFERENCE_NOT_ALLOWED);
        }
    }

    @Test
    void anAllowedDirectoryMayBeALinkItself() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), frames);
        ImageUri directory = ImageUri.ofDirectory("file://" + link);
        FileSystemStore linked = new FileSystemStore(List.of(directory));

        try (InputStream in = linked.open(ImageUri.ofPicture("file://" + link + "/a.jpg"))) {
            assertThat(in.readAllBytes()).isEqualTo(PICTURE);
        }
    }

    @Test
    void whatIsNoFileOrLeadsNowhereIsNotFound() throws Exception {
        Files.createDirectory(frames.resolve("directory"));
        Files.createSymbolicLink(frames.resolve("dangling"), frames.resolve("none"));
        Files.createSymbolicLink(frames.resolve("loop"), frames.resolve("loop"));

        for (String name : List.of("none", "directory", "dangling", "loop", "a.jpg/b", "none/a")) {
            assertThat(refusal(name)).as(name).isEqualTo(FailureCode.IMAGE_NOT_FOUND);
        }
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPipeIsNotOpened() throws Exception {
        Path pipe = frames.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);

        // To open it would wait for a writer.
        assertThat(refusal("pipe")).isEqualTo(FailureCode.IMAGE_NOT_FOUND);
    }

    @Test
    void aDirectoryThatIsNotThereIsWaitedFor() throws Exception {
        Files.move(frames, folder.resolve("unmounted"));

        assertThatThrownBy(() -> store.open(uri("a.jpg")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is it mounted?");
    }

    @Test
    void tellsNoFromNotNowWhereverItStandsInTheChain() throws Exception {
        assertThat(code(new FileNotFoundException("x"))).isEqualTo(FailureCode.IMAGE_NOT_FOUND);
        assertThat(code(new IOException("GET", new HttpError(404))))
                .isEqualTo(FailureCode.IMAGE_NOT_FOUND);
        assertThat(code(new IllegalStateException(new IOException(new HttpError(403)))))
                .isEqualTo(FailureCode.IMAGE_ACCESS_DENIED);
        assertThat(code(new AccessDeniedException("x"))).isEqualTo(FailureCode.IMAGE_ACCESS_DENIED);
        assertThat(code(new RemoteError("org.apache.hadoop.security.AccessControlException")))
                .isEqualTo(FailureCode.IMAGE_ACCESS_DENIED);
        assertThat(code(new RemoteError("org.apache.hadoop.fs.ParentNotDirectoryException")))
                .isEqualTo(FailureCode.IMAGE_NOT_FOUND);

        for (Exception later :
                List.of(
                        new IOException("connection refused"),
                        new IOException("GET", new HttpError(503)),
                        new HttpError(500),
                        new HttpError(400),
                        new RemoteError("org.apache.hadoop.ipc.StandbyException"))) {
            assertThat(FileSystemStore.sorted(REMOTE, later))
                    .hasMessageContaining(later.getMessage());
        }
    }

    @Test
    void namesSchemesThatFlinkHasNoFileSystemFor() {
        assertThat(FileSystemStore.missing(ImageUri.ofDirectory("file:///none"))).isEmpty();
        assertThat(FileSystemStore.missing(ImageUri.ofDirectory("gopher://old/hole")))
                .startsWith("has a scheme that Flink has no file system for")
                .contains("gopher");
    }

    /** It goes to a stranger, and stores name their hosts, users and paths. */
    @Test
    void whatAStoreSaysIsNotInADeadLetter() {
        for (Exception error :
                List.of(
                        new NoSuchFileException("/mnt/secret/real.jpg"),
                        new AccessDeniedException("user arn:aws:iam::12:user/job at host.internal"),
                        new IOException("GET host.internal", new HttpError(403)))) {
            assertThat(
                            catchThrowableOfType(
                                    FrameException.class,
                                    () -> FileSystemStore.sorted(REMOTE, error)))
                    .hasMessageStartingWith(REMOTE.toString())
                    .hasMessageNotContainingAny("secret", "arn:", "internal");
        }
    }

    private FailureCode code(Exception error) {
        return catchThrowableOfType(
                        FrameException.class, () -> FileSystemStore.sorted(REMOTE, error))
                .code();
    }

    private FailureCode refusal(String name) {
        return catchThrowableOfType(FrameException.class, () -> store.open(uri(name))).code();
    }

    private ImageUri uri(String name) {
        return ImageUri.ofPicture("file://" + frames + "/" + name);
    }

    /** As a store's client throws it. */
    public static final class HttpError extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int status;

        HttpError(int status) {
            super("HTTP " + status);
            this.status = status;
        }

        public int statusCode() {
            return status;
        }
    }

    /** As Hadoop's client throws what its other end has thrown. */
    public static final class RemoteError extends IOException {
        private static final long serialVersionUID = 1L;
        private final String thrown;

        RemoteError(String thrown) {
            super("remote: " + thrown);
            this.thrown = thrown;
        }

        public String getClassName() {
            return thrown;
        }
    }
}
