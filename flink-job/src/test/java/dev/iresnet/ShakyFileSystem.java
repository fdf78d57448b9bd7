package dev.iresnet;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;

/** This machine's files under {@code shaky:}, while it is up. Flink finds it as a service. */
public final class ShakyFileSystem extends LocalFileSystem {
    public static final AtomicBoolean DOWN = new AtomicBoolean();

    /** While it is set, opening a file hangs. */
    public static final AtomicBoolean HANGS = new AtomicBoolean();

    private static final long PAUSE_NANOS = 1_000_000;

    /** Reads that it refused. */
    public static final AtomicInteger REFUSED = new AtomicInteger();

    @Override
    public FSDataInputStream open(Path path) throws IOException {
        if (DOWN.get()) {
            REFUSED.incrementAndGet();
            throw new IOException("connection refused");
        }
        while (HANGS.get()) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return super.open(path);
    }

    /** Names it to Flink. */
    public static final class Factory implements FileSystemFactory {
        @Override
        public String getScheme() {
            return "shaky";
        }

        @Override
        public FileSystem create(URI uri) {
            return new ShakyFileSystem();
        }
    }
}
