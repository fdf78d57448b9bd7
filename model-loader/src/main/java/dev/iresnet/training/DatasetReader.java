package dev.iresnet.training;

import dev.iresnet.image.EncodedImage;
import dev.iresnet.video.FrameReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Finds the pictures or videos of a data set: a directory for each class, named like it, with its
 * pictures or videos at any depth. A class or a file may be a link; links to directories inside a
 * class are left out.
 */
public final class DatasetReader {
    private static final int IN_TWO_CLASSES = -1;

    private final Path directory;
    private final boolean videos;
    private final List<String> labels = new ArrayList<>();

    /** In the order of the classes and of the paths in them. */
    private final Map<Path, Integer> files = new LinkedHashMap<>();

    private DatasetReader(Path directory, boolean videos, int leastClasses) throws IOException {
        this.directory = directory;
        this.videos = videos;
        for (Path inside : classes()) {
            List<Path> some = videos ? videosOf(inside) : EncodedImage.below(inside);
            if (some.isEmpty()) {
                throw new TrainingException(
                        "%s is a class without %s: fill or remove it"
                                .formatted(
                                        inside,
                                        videos
                                                ? "videos, which are directories of frames or"
                                                        + " files like .gif"
                                                : ".jpg, .jpeg or .png files"));
            }
            if (name(inside).isBlank()) {
                throw new TrainingException(
                        "%s holds a class whose name '%s' is blank: rename its directory"
                                .formatted(directory, name(inside)));
            }
            some.forEach(file -> files.put(normal(file), labels.size()));
            labels.add(name(inside));
        }
        if (labels.size() < leastClasses) {
            throw new TrainingException(
                    "%s must hold a directory for each class, %s or more; it has %s"
                            .formatted(directory, leastClasses == 1 ? "one" : "two", labels));
        }
    }

    private static List<Path> videosOf(Path inside) throws IOException {
        List<Path> some = FrameReader.videosBelow(inside);
        if (some.contains(inside)) {
            throw new TrainingException(
                    inside
                            + " holds pictures itself: a class holds a directory of frames for each"
                            + " video");
        }
        return some;
    }

    /**
     * Reads all pictures or videos once, for their digests.
     *
     * @param videos whether the data set is of videos
     * @param leastClasses how many there must be, 1 or 2
     * @param failed told of those that cannot be read; they are left out
     * @throws TrainingException if there are fewer classes, or an empty one
     */
    static Dataset read(
            Path directory, boolean videos, int leastClasses, BiConsumer<Path, Exception> failed)
            throws IOException {
        DatasetReader reader = new DatasetReader(directory, videos, leastClasses);
        List<LabelledPicture> pictures = new ArrayList<>();
        reader.files.forEach(
                (file, label) -> {
                    try {
                        pictures.add(reader.labelled(file, label));
                    } catch (IOException e) {
                        failed.accept(file, e);
                    }
                });
        return new Dataset(reader.labels, pictures);
    }

    /**
     * Reads the pictures or videos of a list, in its order.
     *
     * @param order a path a line, absolute or relative to the directory
     * @throws TrainingException if a line names none of a class, or one that cannot be read
     */
    static Dataset inOrder(Path directory, boolean videos, Path order) throws IOException {
        DatasetReader reader = new DatasetReader(directory, videos, 2);
        Map<Path, Integer> real = new HashMap<>();
        for (Map.Entry<Path, Integer> file : reader.files.entrySet()) {
            real.merge(
                    file.getKey().toRealPath(),
                    file.getValue(),
                    (a, b) -> a.equals(b) ? a : IN_TWO_CLASSES);
        }
        Map<Path, LabelledPicture> known = new HashMap<>();
        List<LabelledPicture> pictures = new ArrayList<>();
        for (Path named : lines(directory, order)) {
            LabelledPicture picture = known.get(named);
            if (picture == null) {
                picture = reader.named(named, order, real);
                known.put(named, picture);
            }
            pictures.add(picture);
        }
        if (pictures.isEmpty()) {
            throw new TrainingException(order + " names no " + reader.noun());
        }
        return new Dataset(reader.labels, pictures);
    }

    private String noun() {
        return videos ? "video" : "picture";
    }

    private LabelledPicture labelled(Path path, int label) throws IOException {
        return videos ? LabelledPicture.ofVideo(path, label) : LabelledPicture.of(path, label);
    }

    private LabelledPicture named(Path named, Path order, Map<Path, Integer> real) {
        try {
            Integer label = files.get(normal(named));
            if (label == null) {
                label = real.getOrDefault(named.toRealPath(), IN_TWO_CLASSES);
            }
            if (label != IN_TWO_CLASSES) {
                return labelled(named, label);
            }
        } catch (NoSuchFileException e) {
            // told below
        } catch (IOException e) {
            throw new TrainingException(
                    "%s names %s, which cannot be read: %s"
                            .formatted(order, named, e.getMessage()));
        }
        throw new TrainingException(
                "%s names %s, which is no %s in one class of %s"
                        .formatted(order, named, noun(), directory));
    }

    /**
     * The paths that a list names, one a line.
     *
     * @param directory that relative ones are in
     */
    public static List<Path> lines(Path directory, Path order) throws IOException {
        List<Path> paths = new ArrayList<>();
        try {
            for (String line : Files.readString(order).split("\n", -1)) {
                // nothing else is stripped: a name may end in blanks
                String name = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
                if (!name.isEmpty()) {
                    paths.add(directory.resolve(name));
                }
            }
        } catch (CharacterCodingException | InvalidPathException e) {
            throw new TrainingException(order + " is no list of paths in UTF-8: " + e.getMessage());
        }
        return paths;
    }

    private static Path normal(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private List<Path> classes() throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new TrainingException(directory + " is not a directory");
        }
        try (Stream<Path> inside = Files.list(directory)) {
            return inside.filter(Files::isDirectory)
                    .filter(path -> !name(path).startsWith("."))
                    .sorted((a, b) -> name(a).compareTo(name(b)))
                    .toList();
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
