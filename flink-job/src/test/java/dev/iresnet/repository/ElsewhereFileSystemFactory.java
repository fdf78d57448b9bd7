package dev.iresnet.repository;

import java.net.URI;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;

/** How Flink finds {@link ElsewhereFileSystem}. */
public final class ElsewhereFileSystemFactory implements FileSystemFactory {
    @Override
    public String getScheme() {
        return ElsewhereFileSystem.SCHEME;
    }

    @Override
    public FileSystem create(URI uri) {
        return ElsewhereFileSystem.current();
    }
}
