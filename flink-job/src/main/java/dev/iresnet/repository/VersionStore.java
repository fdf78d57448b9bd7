package dev.iresnet.repository;

import dev.iresnet.decoding.fetch.StoreAnswer;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.repository.ModelFiles.ModelFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;
import org.jspecify.annotations.Nullable;

/**
 * A directory of versions in TensorFlow Serving's layout, {@code <name>/<number>/saved_model.pb},
 * or one version, on a file system that Flink knows. Reads only. Not thread-safe.
 *
 * <p>Whatever the store's client throws, checked or not, is an {@link IOException} here: {@link
 * dev.iresnet.decoding.fetch.StoreAnswer} tells which of them may heal. A {@link ModelException}
 * does not go away by asking again.
 */
final class VersionStore {
    private static final String PIN = "PINNED";
    private static final int LONGEST_PIN = 64;
    private static final int MOST_FILES = 10_000;
    private static final int DEEPEST = 8;

    private final Path root;

    private VersionStore(Path root) {
        this.root = root;
    }

    /**
     * Looks at nothing yet.
     *
     * @param location a URI, or a path of this machine
     */
    static VersionStore at(String location) {
        try {
            return new VersionStore(
                    location.matches("[A-Za-z][A-Za-z0-9+.-]+:/.*")
                            ? new Path(location)
                            : new Path(java.nio.file.Path.of(location).toAbsolutePath().toUri()));
        } catch (IllegalArgumentException e) {
            throw new ModelException(
                    "model.path '%s' is neither a path nor a URI: %s"
                            .formatted(location, e.getMessage()),
                    e);
        }
    }

    /** Whether the place is one version, not a directory of them. */
    boolean isVersion() throws IOException {
        return ModelDirectory.isVersion(root.getName())
                && ask(files -> files.exists(new Path(root, ModelDirectory.GRAPH)));
    }

    /** All versions with their files, lowest number first; none if there is no such directory. */
    SortedMap<Long, ModelFiles> versions() throws IOException {
        SortedMap<Long, ModelFiles> versions = new TreeMap<>();
        for (FileStatus child : children(root)) {
            String name = child.getPath().getName();
            if (child.isDir() && ModelDirectory.isVersion(name)) {
                versions.put(Long.parseLong(name), filesOf(child.getPath()));
            }
        }
        return versions;
    }

    /** What the file {@code PINNED} says, if there is one. */
    Optional<String> pin() throws IOException {
        try {
            return Optional.of(
                    ask(
                            files -> {
                                try (InputStream in = files.open(new Path(root, PIN))) {
                                    byte[] text = in.readNBytes(LONGEST_PIN);
                                    return new String(text, StandardCharsets.UTF_8).strip();
                                }
                            }));
        } catch (IOException e) {
            return unlessNotFound(e, Optional.empty());
        }
    }

    /** Where a person finds that file. */
    String pinFile() {
        return new Path(root, PIN).toString();
    }

    /** Puts one of {@link #versions} where TensorFlow can read it. */
    LocalModel fetch(long version) throws IOException {
        return fetch(new Path(root, Long.toString(version)));
    }

    /** The same for a place that is a version itself, or no model at all. */
    LocalModel fetch() throws IOException {
        return fetch(root);
    }

    @Override
    public String toString() {
        return root.toString();
    }

    private LocalModel fetch(Path version) throws IOException {
        if (!ask(FileSystem::isDistributedFS)) {
            return new LocalModel(local(version), null);
        }
        Path model = version.getParent();
        if (model == null) {
            throw new ModelException(version + " must be named <name>/<number>");
        }
        java.nio.file.Path copy = Files.createTempDirectory("iresnet-model-");
        LocalModel local =
                new LocalModel(copy.resolve(model.getName()).resolve(version.getName()), copy);
        try {
            for (ModelFile file : filesOf(version).files()) {
                copy(new Path(version, file.path()), local.path(), file.path());
            }
            return local;
        } catch (IOException | RuntimeException e) {
            local.close();
            throw e;
        }
    }

    private void copy(Path from, java.nio.file.Path directory, String name) throws IOException {
        java.nio.file.Path to = directory.resolve(name).normalize();
        if (!to.startsWith(directory)) {
            throw new ModelException("%s leaves its directory".formatted(from));
        }
        Files.createDirectories(to.getParent());
        ask(
                files -> {
                    try (InputStream in = files.open(from)) {
                        return Files.copy(in, to);
                    }
                });
    }

    private ModelFiles filesOf(Path version) throws IOException {
        List<ModelFile> found = new ArrayList<>();
        collect(version, "", 0, found);
        Collections.sort(found);
        return new ModelFiles(found);
    }

    private void collect(Path directory, String prefix, int depth, List<ModelFile> found)
            throws IOException {
        for (FileStatus child : children(directory)) {
            String path = prefix + child.getPath().getName();
            if (!child.isDir()) {
                found.add(new ModelFile(path, child.getLen(), child.getModificationTime()));
            } else if (depth < DEEPEST) {
                collect(child.getPath(), path + "/", depth + 1, found);
            }
            if (found.size() > MOST_FILES) {
                throw new ModelException(
                        "%s holds more than %d files; it is no model"
                                .formatted(directory, MOST_FILES));
            }
        }
    }

    private FileStatus[] children(Path directory) throws IOException {
        try {
            FileStatus[] children = ask(files -> files.listStatus(directory));
            return children == null ? new FileStatus[0] : children;
        } catch (IOException e) {
            return unlessNotFound(e, new FileStatus[0]);
        }
    }

    private static <T> T unlessNotFound(IOException error, T nothing) throws IOException {
        if (StoreAnswer.of(error) == StoreAnswer.NOT_FOUND) {
            return nothing;
        }
        throw error;
    }

    private interface Question<T extends @Nullable Object> {
        T of(FileSystem files) throws IOException;
    }

    /** Asks the store. */
    private <T extends @Nullable Object> T ask(Question<T> question) throws IOException {
        try {
            return question.of(root.getFileSystem());
        } catch (UnsupportedFileSystemSchemeException e) {
            throw new ModelException(
                    "model.path %s has a scheme that Flink has no file system for; put its plugin into plugins/ of every machine: %s"
                            .formatted(root, e.getMessage()),
                    e);
        } catch (RuntimeException e) {
            throw new IOException(e.toString(), e);
        }
    }

    private static java.nio.file.Path local(Path path) {
        URI uri = path.toUri();
        try {
            return java.nio.file.Path.of(uri.getPath());
        } catch (InvalidPathException e) {
            throw new ModelException("%s is no path of this machine".formatted(path), e);
        }
    }
}
