package dev.iresnet.proving.feed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The pictures of a directory and of all below it: {@code jpg}, {@code jpeg} and {@code png}, in
 * the order of their names. Contents are read when they are asked for, and kept as long as all of
 * them together are small: a feed that reads a file a frame is the slowest of all. Not thread-safe.
 */
public final class PictureFolder {
    private static final List<String> SUFFIXES = List.of(".jpg", ".jpeg", ".png");

    /** Bytes of contents that are kept at most. */
    private static final long KEPT = 64 << 20;

    private final Path root;
    private final List<String> files;
    private final boolean clips;
    private final Map<String, byte[]> contents = new HashMap<>();
    private long kept;

    private PictureFolder(Path root, List<String> files, boolean clips) {
        this.root = root;
        this.files = files;
        this.clips = clips;
    }

    /**
     * Lists the pictures in {@code root}.
     *
     * @throws FeedException if there are none, or {@code root} is no directory that can be read
     */
    public static PictureFolder of(Path root) {
        return of(root, false);
    }

    /**
     * The same, where the pictures of each directory are the frames of a clip, in the order of
     * their names: a camera plays a clip whole.
     */
    public static PictureFolder ofClips(Path root) {
        return of(root, true);
    }

    private static PictureFolder of(Path root, boolean clips) {
        if (!Files.isDirectory(root)) {
            throw new FeedException("%s is not a directory of pictures".formatted(root), null);
        }
        List<String> files = list(root);
        if (files.isEmpty()) {
            throw new FeedException(
                    "no pictures in %s: the feed takes %s".formatted(root, SUFFIXES), null);
        }
        return new PictureFolder(root, files, clips);
    }

    private static List<String> list(Path root) {
        try {
            Path real = root.toRealPath(); // root may be a link, which walk would not follow
            try (Stream<Path> paths = Files.walk(real)) {
                return paths.filter(PictureFolder::isPicture)
                        .map(path -> name(real.relativize(path)))
                        .sorted()
                        .toList();
            }
        } catch (IOException | UncheckedIOException e) {
            throw new FeedException("cannot list the pictures in %s: %s".formatted(root, e), e);
        }
    }

    private static boolean isPicture(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return SUFFIXES.stream().anyMatch(name::endsWith) && Files.isRegularFile(path);
    }

    private static String name(Path relative) {
        return relative.toString().replace(relative.getFileSystem().getSeparator(), "/");
    }

    /** Names relative to the directory, parts separated by '/'; at least one. */
    public List<String> files() {
        return files;
    }

    /** What is played without a break: the frames of each clip, or each picture for itself. */
    List<List<String>> scenes() {
        Map<String, List<String>> scenes = new LinkedHashMap<>();
        for (String file : files) {
            String scene = clips ? file.substring(0, file.lastIndexOf('/') + 1) : file;
            scenes.computeIfAbsent(scene, absent -> new ArrayList<>()).add(file);
        }
        return new ArrayList<>(scenes.values());
    }

    /**
     * A picture with its content, which must not be changed.
     *
     * @throws FeedException if it cannot be read
     */
    public Picture read(String file) {
        byte[] content = contents.get(file);
        if (content == null) {
            content = load(file);
            if (kept + content.length <= KEPT) {
                contents.put(file, content);
                kept += content.length;
            }
        }
        return new Picture(file, content);
    }

    private byte[] load(String file) {
        try {
            return Files.readAllBytes(root.resolve(file));
        } catch (IOException e) {
            throw new FeedException("cannot read %s: %s".formatted(root.resolve(file), e), e);
        }
    }
}
