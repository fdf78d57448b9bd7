package dev.iresnet.training;

import dev.iresnet.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Pictures with their classes.
 *
 * @param labels names of the classes, sorted
 * @param pictures in the order in which they are read
 */
public record Dataset(List<String> labels, List<LabelledPicture> pictures) {
    private static final int NAMED = 3;

    public Dataset {
        labels = List.copyOf(labels);
        pictures = List.copyOf(pictures);
    }

    /** The same classes with no picture. */
    Dataset emptied() {
        return new Dataset(labels, List.of());
    }

    /** The same pictures with the classes of another set, which must have all of these. */
    Dataset labelledAs(List<String> others) {
        Map<String, Integer> indexes = new HashMap<>();
        others.forEach(label -> indexes.put(label, indexes.size()));
        List<String> unknown =
                labels.stream().filter(label -> !indexes.containsKey(label)).toList();
        if (!unknown.isEmpty()) {
            throw new TrainingException(
                    "The classes to measure with must be among those of training; %s %s not"
                            .formatted(unknown, unknown.size() == 1 ? "is" : "are"));
        }
        return new Dataset(
                others,
                pictures.stream()
                        .map(
                                p ->
                                        p.labelled(
                                                Objects.requireNonNull(
                                                        indexes.get(labels.get(p.label())))))
                        .toList());
    }

    /**
     * Takes a share of each class away, and leaves one picture of it at least. Equal files of a
     * class stay together; which ones go depends on their content and the seed alone.
     *
     * @param share above 0 and below 1
     */
    public Split split(double share, long seed) {
        Map<Integer, Set<String>> digests = new HashMap<>();
        pictures.forEach(
                p ->
                        digests.computeIfAbsent(p.label(), l -> new LinkedHashSet<>())
                                .add(p.sha256()));
        Map<Integer, Set<String>> taken = new HashMap<>();
        digests.forEach(
                (label, some) -> {
                    int count = Math.min(some.size() - 1, (int) Math.ceil(share * some.size()));
                    Stream<String> ranked =
                            some.stream()
                                    .sorted(
                                            (a, b) ->
                                                    Long.compareUnsigned(
                                                            rank(a, seed), rank(b, seed)));
                    taken.put(label, ranked.limit(count).collect(Collectors.toSet()));
                });
        Map<Boolean, List<LabelledPicture>> parts =
                pictures.stream()
                        .collect(
                                Collectors.partitioningBy(
                                        p ->
                                                Objects.requireNonNull(taken.get(p.label()))
                                                        .contains(p.sha256())));
        return new Split(
                new Dataset(labels, parts.getOrDefault(false, List.of())),
                new Dataset(labels, parts.getOrDefault(true, List.of())));
    }

    private static long rank(String sha256, long seed) {
        return Long.parseUnsignedLong(sha256.substring(0, 16), 16) * (2 * seed + 1) + seed;
    }

    /** What to train with, and what to measure with. */
    public record Split(Dataset training, Dataset validation) {}

    /** Names of the classes that have no picture. */
    List<String> missing() {
        Set<Integer> present =
                pictures.stream().map(LabelledPicture::label).collect(Collectors.toSet());
        List<String> missing = new ArrayList<>();
        for (int label = 0; label < labels.size(); label++) {
            if (!present.contains(label)) {
                missing.add(labels.get(label));
            }
        }
        return missing;
    }

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
                    "There is at most one %s to train %s with: it will hardly be recognised."
                            .formatted(noun(), some(single)));
        }
        Map<String, LabelledPicture> bySha =
                pictures.stream()
                        .collect(
                                Collectors.toMap(
                                        LabelledPicture::sha256, Function.identity(), (a, b) -> a));
        sentences.addAll(leaks(validation));
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
                    "%d %ss are in two classes (%s): one of them is wrong."
                            .formatted(disputed.size(), noun(), some(disputed)));
        }
        return sentences;
    }

    /** A sentence, if there are pictures in both. */
    public List<String> leaks(Dataset validation) {
        Set<String> learned =
                pictures.stream().map(LabelledPicture::sha256).collect(Collectors.toSet());
        List<String> leaks =
                validation.pictures.stream()
                        .filter(picture -> learned.contains(picture.sha256()))
                        .map(picture -> picture.path().toString())
                        .toList();
        return leaks.isEmpty()
                ? List.of()
                : List.of(
                        "%d of %d validation %ss are equal to training %ss (%s): the accuracy will look better than it is."
                                .formatted(
                                        leaks.size(),
                                        validation.pictures.size(),
                                        noun(),
                                        noun(),
                                        some(leaks)));
    }

    /** What these are: "picture" or "video". */
    String noun() {
        return pictures.stream().anyMatch(some -> some.video().isPresent()) ? "video" : "picture";
    }

    /** The first few. */
    public static String some(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
                + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "");
    }

    /** The pictures of both. */
    Dataset and(Dataset other) {
        return new Dataset(
                labels, Stream.concat(pictures.stream(), other.pictures.stream()).toList());
    }

    /** Of labels and pictures, in any order of the pictures: 64 lower-case hex digits. */
    String digest() {
        return digest(lines().sorted());
    }

    /** The same, in this order of the pictures. */
    String digestInOrder() {
        return digest(lines());
    }

    private Stream<String> lines() {
        return pictures.stream()
                .map(picture -> picture.sha256() + "  " + labels.get(picture.label()));
    }

    private static String digest(Stream<String> lines) {
        MessageDigest sha = Sha256.digest();
        lines.forEach(line -> sha.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
        return Sha256.hex(sha);
    }
}
