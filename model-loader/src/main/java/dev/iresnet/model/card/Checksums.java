package dev.iresnet.model.card;

import dev.iresnet.file.Sha256;
import dev.iresnet.model.ModelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code assets.extra/SHA256SUMS}: a line {@code <hex> <path>} for every other file of a version
 * directory, sorted by path, in the format of {@code sha256sum -c}. Its own SHA-256 is the model's
 * digest.
 */
public final class Checksums {
    static final String FILE = "assets.extra/SHA256SUMS";

    private static final long LARGEST = 1 << 20;
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  ([^/\\\\\0][^\\\\\0]*)");

    private Checksums() {}

    /** Writes the file for what the directory now holds. */
    public static void write(Path directory) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String file : files(directory)) {
            lines.append(Sha256.of(directory.resolve(file))).append("  ").append(file).append('\n');
        }
        Files.writeString(directory.resolve(FILE), lines);
    }

    /**
     * Compares every file with its sum.
     *
     * @return the digest of the model
     * @throws ModelException if a file is missing, unlisted or different; names all of them
     */
    static String verify(Path directory) throws IOException {
        byte[] bytes = bounded(directory);
        Map<String, String> sums = parse(bytes, directory);
        List<String> problems = new ArrayList<>();
        for (String file : files(directory)) {
            String sum = sums.remove(file);
            if (sum == null) {
                problems.add(file + " is not listed");
            } else if (!sum.equals(Sha256.of(directory.resolve(file)))) {
                problems.add(file + " differs from its sum");
            }
        }
        sums.keySet().forEach(file -> problems.add(file + " is missing"));
        if (!problems.isEmpty()) {
            throw new ModelException(
                    "%s is damaged: %s. Copy the model again, or export it anew"
                            .formatted(directory, summary(problems)));
        }
        return Sha256.of(bytes);
    }

    private static byte[] bounded(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new ModelException(
                    "%s has no %s; 'iresnet import' makes one".formatted(directory, FILE));
        }
        return BoundedFile.read(file, LARGEST, "'iresnet import' makes a smaller one");
    }

    private static SortedMap<String, String> parse(byte[] bytes, Path directory) {
        SortedMap<String, String> sums = new TreeMap<>();
        String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
        for (int i = 0; i < lines.length - 1; i++) {
            Matcher matcher = LINE.matcher(lines[i]);
            if (!matcher.matches() || sums.put(matcher.group(2), matcher.group(1)) != null) {
                throw new ModelException(
                        "%s: line %d is not a sum and a path that was not there before"
                                .formatted(directory.resolve(FILE), i + 1));
            }
        }
        if (!lines[lines.length - 1].isEmpty()) {
            throw new ModelException(directory.resolve(FILE) + ": the last line is cut off");
        }
        return sums;
    }

    /** All but the sums themselves, relative, with forward slashes, sorted. */
    private static List<String> files(Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            List<Path> paths =
                    walk.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                            .toList();
            for (Path path : paths) {
                if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    throw new ModelException(
                            path + " is not a plain file; a model holds nothing else");
                }
            }
            return paths.stream()
                    .map(path -> directory.relativize(path).toString().replace('\\', '/'))
                    .filter(path -> !path.equals(FILE))
                    .sorted()
                    .toList();
        }
    }

    private static String summary(List<String> problems) {
        int shown = Math.min(problems.size(), 10);
        String rest = problems.size() > shown ? " and " + (problems.size() - shown) + " more" : "";
        return String.join(", ", problems.subList(0, shown)) + rest;
    }
}
