package dev.iresnet.training;

import dev.iresnet.file.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Pictures with their classes: a directory for each class, named like it, with its pictures at any
 * depth.
 *
 * @param labels names of the classes, sorted
 * @param pictures in the order in which they are read
 */
record Dataset(List<String> labels, List<LabelledPicture> pictures) {
    private static final int NAMED = 3;

    Dataset {
        labels = List.copyOf(labels);
        pictures = List.copyOf(pictures);
    }

    /**
     * Reads the directories, and the files that are taken, for their digests.
     *
     * @param order list of the pictures to take, in its order: a path a line, absolute or relative
     *     to the directory; all if there is none
     * @throws TrainingException if there are no classes, or one without pictures
     */
    static Dataset read(Path directory, Optional<Path> order) throws IOException {
        List<String> labels = new ArrayList<>();
        Map<Path, Integer> files = new LinkedHashMap<>();
        for (Path inside : list(directory)) {
            List<Path> some = picturesBelow(inside);
            if (some.isEmpty()) {
                throw new TrainingException(
                        inside
                                + " is a class without .jpg, .jpeg or .png files: fill or remove"
                                + " it");
            }
            some.forEach(file -> files.put(normal(file), labels.size()));
            if (name(inside).isBlank()) {
                throw new TrainingException(
                        "%s holds a class whose name '%s' is blank: rename its directory"
                                .formatted(directory, name(inside)));
            }
            labels.add(name(inside));
        }
        if (labels.size() < 2) {
            throw new TrainingException(
                    "%s must hold a directory for each class, two or more; it has %s"
                            .formatted(directory, labels));
        }
        List<LabelledPicture> pictures = new ArrayList<>();
        for (Path file : order.isPresent() ? ordered(directory, order.get()) : files.keySet()) {
            Integer label = files.get(file);
            if (label == null) {
                throw new TrainingException(
                        "%s names %s, which is no picture in a class of %s"
                                .formatted(order.orElse(file), file, directory));
            }
            pictures.add(new LabelledPicture(file, label, Sha256.of(file.toRealPath())));
        }
        return new Dataset(labels, pictures);
    }

    private static List<Path> ordered(Path directory, Path order) throws IOException {
        return Files.readAllLines(order).stream()
                .filter(line -> !line.isBlank())
                .map(line -> normal(directory.resolve(line.strip())))
                .toList();
    }

    private static Path normal(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /** The same pictures with the classes of another set, which must have all of these. */
    Dataset labelledAs(List<String> others) {
        List<String> unknown = labels.stream().filter(label -> !others.contains(label)).toList();
        if (!unknown.isEmpty()) {
            throw new TrainingException(
                    "The classes of the validation pictures must be among those of training; %s %s not"
                            .formatted(unknown, unknown.size() == 1 ? "is" : "are"));
        }
        return new Dataset(
                others,
                pictures.stream()
                        .map(
                                p ->
                                        new LabelledPicture(
                                                p.path(),
                                                others.indexOf(labels.get(p.label())),
                                                p.sha256()))
                        .toList());
    }

    /**
     * Takes a share of each class away. Equal files of a class stay together; which ones go depends
     * on their content and the seed alone.
     *
     * @param share above 0 and below 1
     */
    Split split(double share, long seed) {
        Set<String> taken = new HashSet<>();
        for (int label = 0; label < labels.size(); label++) {
            int wanted = label;
            List<String> digests =
                    pictures.stream()
                            .filter(picture -> picture.label() == wanted)
                            .map(LabelledPicture::sha256)
                            .distinct()
                            .sorted((a, b) -> Long.compareUnsigned(rank(a, seed), rank(b, seed)))
                            .toList();
            int count = Math.min(digests.size() - 1, (int) Math.ceil(share * digests.size()));
            taken.addAll(digests.subList(0, count));
        }
        Map<Boolean, List<LabelledPicture>> parts =
                pictures.stream()
                        .collect(Collectors.partitioningBy(p -> taken.contains(p.sha256())));
        return new Split(
                new Dataset(labels, parts.getOrDefault(false, List.of())),
                new Dataset(labels, parts.getOrDefault(true, List.of())));
    }

    private static long rank(String sha256, long seed) {
        return Long.parseUnsignedLong(sha256.substring(0, 16), 16) * (2 * seed + 1) + seed;
    }

    /** What to train with, and what to measure with. */
    record Split(Dataset training, Dataset validation) {}

    /** Sentences on what makes these pictures bad to learn from; empty if nothing does. */
    List<String> warnings(Dataset validation) {
        List<String> sentences = new ArrayList<>();
        Map<Integer, Long> counts =
                pictures.stream()
                        .collect(
                                Collectors.groupingBy(
                                        LabelledPicture::label, Collectors.counting()));
        List<String> single = new ArrayList<>();
        for (int label = 0; label < labels.size(); label++) {
            if (counts.getOrDefault(label, 0L) <= 1) {
                single.add(labels.get(label));
            }
        }
        if (!single.isEmpty()) {
            sentences.add(
                    "There is at most one picture to train %s with: it will hardly be recognised."
                            .formatted(some(single)));
        }
        Map<String, LabelledPicture> bySha =
                pictures.stream()
                        .collect(
                                Collectors.toMap(
                                        LabelledPicture::sha256, Function.identity(), (a, b) -> a));
        List<String> leaks =
                validation.pictures.stream()
                        .filter(picture -> bySha.containsKey(picture.sha256()))
                        .map(LabelledPicture::path)
                        .map(Path::toString)
                        .toList();
        if (!leaks.isEmpty()) {
            sentences.add(
                    "%d of %d validation pictures are equal to training pictures (%s): the accuracy will look better than it is."
                            .formatted(leaks.size(), validation.pictures.size(), some(leaks)));
        }
        List<String> disputed =
                pictures.stream()
                        .filter(
                                p ->
                                        Objects.requireNonNull(bySha.get(p.sha256())).label()
                                                != p.label())
                        .map(p -> p.path().toString())
                        .toList();
        if (!disputed.isEmpty()) {
            sentences.add(
                    "%d pictures are in two classes (%s): one of them is wrong."
                            .formatted(disputed.size(), some(disputed)));
        }
        return sentences;
    }

    private static String some(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
                + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "");
    }

    /** Of labels and pictures, in any order of the pictures: 64 lower-case hex digits. */
    String digest() {
        Map<String, Long> lines = new LinkedHashMap<>();
        pictures.stream()
                .map(picture -> picture.sha256() + "  " + labels.get(picture.label()))
                .sorted()
                .forEach(line -> lines.merge(line, 1L, Long::sum));
        MessageDigest sha = Sha256.digest();
        lines.forEach(
                (line, count) ->
                        sha.update((line + " " + count + "\n").getBytes(StandardCharsets.UTF_8)));
        return Sha256.hex(sha);
    }

    private static List<Path> list(Path directory) throws IOException {
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

    private static List<Path> picturesBelow(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Dataset::isPicture)
                    .filter(Files::isRegularFile)
                    .filter(path -> !isHidden(directory.relativize(path)))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isPicture(Path path) {
        String name = name(path).toLowerCase(Locale.ROOT);
        return name.endsWith(".jpg") || name.endsWith(".jpeg") || name.endsWith(".png");
    }

    private static boolean isHidden(Path path) {
        return StreamSupport.stream(path.spliterator(), false)
                .anyMatch(part -> part.toString().startsWith("."));
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
