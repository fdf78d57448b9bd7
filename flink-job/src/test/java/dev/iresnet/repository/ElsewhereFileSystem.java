package dev.iresnet.repository;

import static java.util.Objects.requireNonNull;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.core.fs.BlockLocation;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.jspecify.annotations.Nullable;

/** A store that is not this machine's disk, as far as Flink can tell; and that may be down. */
final class ElsewhereFileSystem extends FileSystem implements AutoCloseable {
    static final String SCHEME = "elsewhere";

    private static final URI HOME = URI.create(SCHEME + "://bucket/");
    private static final AtomicReference<@Nullable ElsewhereFileSystem> CURRENT =
            new AtomicReference<>();

    private final java.nio.file.Path disk;
    private final FileSystem local = LocalFileSystem.getSharedInstance();
    private final AtomicInteger reads = new AtomicInteger();
    private volatile @Nullable Exception trouble;

    private ElsewhereFileSystem(java.nio.file.Path disk) {
        this.disk = disk;
    }

    /** The store of its scheme from now on, with the contents of a directory. */
    static ElsewhereFileSystem over(java.nio.file.Path disk) {
        ElsewhereFileSystem store = new ElsewhereFileSystem(disk);
        CURRENT.set(store);
        return store;
    }

    static ElsewhereFileSystem current() {
        return requireNonNull(CURRENT.get());
    }

    /** From now on it throws this, as it is; null ends it. */
    void fail(@Nullable Exception error) {
        trouble = error;
    }

    void goDown() {
        fail(new IOException("the store is down"));
    }

    int reads() {
        return reads.get();
    }

    @Override
    public FSDataInputStream open(Path path) throws IOException {
        Path there = there(path);
        reads.incrementAndGet();
        return local.open(there);
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
        return open(path);
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        FileStatus[] found = local.listStatus(there(path));
        if (found == null) {
            throw new FileNotFoundException(path.toString());
        }
        return Arrays.stream(found).map(this::here).toArray(FileStatus[]::new);
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        return here(local.getFileStatus(there(path)));
    }

    @Override
    public boolean isDistributedFS() {
        return true;
    }

    @Override
    public URI getUri() {
        return HOME;
    }

    @Override
    public Path getWorkingDirectory() {
        return new Path(HOME);
    }

    @Override
    public Path getHomeDirectory() {
        return new Path(HOME);
    }

    @Override
    public BlockLocation[] getFileBlockLocations(FileStatus file, long start, long length) {
        return new BlockLocation[0];
    }

    @Override
    public boolean delete(Path path, boolean recursive) {
        throw new UnsupportedOperationException("nobody writes here");
    }

    @Override
    public boolean mkdirs(Path path) {
        throw new UnsupportedOperationException("nobody writes here");
    }

    @Override
    public FSDataOutputStream create(Path path, WriteMode mode) {
        throw new UnsupportedOperationException("nobody writes here");
    }

    @Override
    public boolean rename(Path from, Path to) {
        throw new UnsupportedOperationException("nobody writes here");
    }

    @Override
    public void close() {
        CURRENT.compareAndSet(this, null);
        // Flink caches file systems by scheme and authority
        FileSystem.initialize(new org.apache.flink.configuration.Configuration(), null);
    }

    private Path there(Path path) throws IOException {
        Exception error = trouble;
        if (error instanceof IOException e) {
            throw e;
        }
        if (error instanceof RuntimeException e) {
            throw e;
        }
        java.nio.file.Path on = disk.resolve(path.getPath().substring(1));
        if (!Files.exists(on)) {
            throw new FileNotFoundException(path.toString());
        }
        return new Path(on.toUri());
    }

    private FileStatus here(FileStatus status) {
        String inside =
                disk.relativize(java.nio.file.Path.of(status.getPath().getPath())).toString();
        return new Moved(status, new Path(HOME.resolve(inside)));
    }

    /** A file's status under its name here. */
    private record Moved(FileStatus status, Path path) implements FileStatus {
        @Override
        public long getLen() {
            return status.getLen();
        }

        @Override
        public long getBlockSize() {
            return status.getBlockSize();
        }

        @Override
        public short getReplication() {
            return status.getReplication();
        }

        @Override
        public long getModificationTime() {
            return status.getModificationTime();
        }

        @Override
        public long getAccessTime() {
            return status.getAccessTime();
        }

        @Override
        public boolean isDir() {
            return status.isDir();
        }

        @Override
        public Path getPath() {
            return path;
        }
    }
}
