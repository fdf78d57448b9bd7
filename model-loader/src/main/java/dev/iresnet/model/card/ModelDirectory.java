package dev.iresnet.model.card;

import dev.iresnet.file.Sha256;
import dev.iresnet.model.DetectionChoice;
import dev.iresnet.model.DetectionRule;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A version of a model on disk, in TensorFlow Serving's layout: {@code
 * <name>/<version>/saved_model.pb}. Opening one checks all files against their sums and all of
 * {@code model.json}; native code has seen none of it by then.
 *
 * @param path of the version
 * @param name directory above the version
 * @param version number of it, 1 or more
 * @param digest SHA-256 of {@code SHA256SUMS}, 64 lower-case hex digits
 * @param card what {@code model.json} says
 */
public record ModelDirectory(Path path, String name, long version, String digest, ModelCard card) {
    /** The file that makes a directory a version of a model. */
    public static final String GRAPH = "saved_model.pb";

    public static final String CARD = "assets.extra/model.json";

    private static final long LARGEST_CARD = 16 << 20;
    private static final Pattern VERSION = Pattern.compile("[1-9]\\d{0,17}");

    /**
     * SHA-256 of the files of variables, in the order of their names, 64 lower-case hex digits:
     * equal for equal weights, whatever checkpoint they were imported from.
     */
    public String weightsDigest() {
        try {
            MessageDigest digest = Sha256.digest();
            for (Path file : variables()) {
                Sha256.update(digest, file);
            }
            return Sha256.hex(digest);
        } catch (IOException e) {
            throw new ModelException("Cannot read the model at %s: %s".formatted(path, e), e);
        }
    }

    private List<Path> variables() throws IOException {
        Path directory = path.resolve("variables");
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().contains(".data-"))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Opens a model.
     *
     * @param path a directory of versions, of which the highest number is taken, or one of them
     * @throws ModelException if there is none or something is wrong with it
     */
    public static ModelDirectory open(Path path) {
        try {
            return openVersion(version(path.toAbsolutePath().normalize()));
        } catch (IOException e) {
            throw new ModelException("Cannot read the model at %s: %s".formatted(path, e), e);
        } catch (UncheckedIOException e) {
            throw new ModelException("Cannot read the model at %s: %s".formatted(path, e), e);
        }
    }

    /** Whether a directory of this name can be a version: a number from 1 on. */
    public static boolean isVersion(String name) {
        return VERSION.matcher(name).matches();
    }

    /** What results say of this model. */
    public ModelDescription description() {
        return new ModelDescription(
                name,
                version,
                digest,
                card.task(),
                card.labels(),
                card.preprocessing(),
                card.detection(),
                card.clip());
    }

    /**
     * The same, but that other boxes are told; what is on disk stays as it is.
     *
     * @throws ModelException if there is a choice and this is no detector
     * @throws IllegalArgumentException if a value of it is out of its range
     */
    public ModelDirectory with(DetectionChoice choice) {
        if (choice.equals(DetectionChoice.NONE)) {
            return this;
        }
        if (card.task() != Task.DETECTION) {
            throw new ModelException(
                    "%s is a model for %s: it has no boxes to choose from"
                            .formatted(path, card.task()));
        }
        DetectionRule rule = choice.in(card.detection().orElse(DetectionRule.SSD300));
        return new ModelDirectory(path, name, version, digest, card.withDetection(rule));
    }

    /** The highest number among the sub-directories, whether they are sound or not. */
    static OptionalLong newest(Path model) throws IOException {
        if (!Files.isDirectory(model)) {
            return OptionalLong.empty();
        }
        try (Stream<Path> children = Files.list(model)) {
            return children.filter(Files::isDirectory)
                    .map(child -> child.getFileName().toString())
                    .filter(ModelDirectory::isVersion)
                    .mapToLong(Long::parseLong)
                    .max();
        }
    }

    private static Path version(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            throw new ModelException(path + " is not a directory");
        }
        OptionalLong newest = newest(path);
        if (Files.exists(path.resolve(GRAPH)) || newest.isEmpty()) {
            return path;
        }
        return path.resolve(Long.toString(newest.getAsLong()));
    }

    private static ModelDirectory openVersion(Path path) throws IOException {
        if (!Files.isRegularFile(path.resolve(GRAPH))) {
            throw new ModelException(
                    "%s has neither a %s nor a version of a model (a directory 1, 2, …) in it"
                            .formatted(path, GRAPH));
        }
        Path name = path.getNameCount() > 1 ? path.getName(path.getNameCount() - 2) : null;
        String version = path.getName(path.getNameCount() - 1).toString();
        if (name == null || !isVersion(version)) {
            throw new ModelException(
                    "%s must be named as TensorFlow Serving wants it, <name>/<number>"
                            .formatted(path));
        }
        Path card = path.resolve(CARD);
        if (!Files.isRegularFile(card)) {
            throw new ModelException(
                    "%s has no %s, which holds labels and preprocessing; 'iresnet import' makes one"
                            .formatted(path, CARD));
        }
        byte[] json = BoundedFile.read(card, LARGEST_CARD, "'iresnet import' makes a smaller one");
        String digest = Checksums.verify(path);
        return new ModelDirectory(
                path,
                name.toString(),
                Long.parseLong(version),
                digest,
                ModelCardJson.read(json, card.toString()));
    }
}
