package dev.iresnet.chaos.trouble;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import org.apache.flink.core.fs.BlockLocation;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;

/** This machine's files under another scheme, which cannot be reached while the switch is on. */
final class TroubledFileSystem extends FileSystem {
    private static final URI ROOT = URI.create(TroubledFileSystemFactory.SCHEME + ":///");

    private final FileSystem files = new LocalFileSystem();
    private final Switch trouble;

    TroubledFileSystem(Switch trouble) {
        this.trouble = trouble;
    }

    @Override
    public FSDataOutputStream create(Path path, WriteMode mode) throws IOException {
        check("create", path);
        return files.create(local(path), mode);
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
        check("open", path);
        return files.open(local(path), bufferSize);
    }

    @Override
    public FSDataInputStream open(Path path) throws IOException {
        check("open", path);
        return files.open(local(path));
    }

    @Override
    public boolean mkdirs(Path path) throws IOException {
        check("mkdirs", path);
        return files.mkdirs(local(path));
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        check("rename", from);
        return files.rename(local(from), local(to));
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        check("delete", path);
        return files.delete(local(path), recursive);
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        check("status", path);
        return new ForeignStatus(files.getFileStatus(local(path)));
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        check("list", path);
        FileStatus[] found = files.listStatus(local(path));
        return found == null
                ? new FileStatus[0]
                : Arrays.stream(found).map(ForeignStatus::new).toArray(FileStatus[]::new);
    }

    @Override
    public BlockLocation[] getFileBlockLocations(FileStatus file, long start, long length)
            throws IOException {
        return files.getFileBlockLocations(
                files.getFileStatus(local(file.getPath())), start, length);
    }

    @Override
    public Path getWorkingDirectory() {
        return foreign(files.getWorkingDirectory());
    }

    @Override
    public Path getHomeDirectory() {
        return foreign(files.getHomeDirectory());
    }

    @Override
    public URI getUri() {
        return ROOT;
    }

    @Override
    public boolean isDistributedFS() {
        return true;
    }

    private void check(String call, Path path) throws IOException {
        if (trouble.order().isPresent()) {
            trouble.obeyed(call + " " + path.getName());
            throw new IOException(
                    "the storage does not answer, as the run's order says: " + call + " " + path);
        }
    }

    private static Path local(Path path) {
        return new Path("file://" + path.toUri().getPath());
    }

    private static Path foreign(Path path) {
        return new Path(ROOT.getScheme() + "://" + path.toUri().getPath());
    }

    /** A file's status under this scheme. */
    private record ForeignStatus(FileStatus status) implements FileStatus {

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
            return foreign(status.getPath());
        }
    }
}
