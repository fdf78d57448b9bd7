package dev.iresnet.chaos.swaps;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The sums of a model's files, as {@code sha256sum} writes them. */
final class Sums {
    private static final String FILE = "assets.extra/SHA256SUMS";

    private Sums() {}

    /** Makes them fit the files as they are. */
    static void write(Path version) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Path file : files(version)) {
            String name = version.relativize(file).toString();
            if (!name.equals(FILE)) {
                lines.append(sha256(Files.readAllBytes(file))).append("  ").append(name);
                lines.append('\n');
            }
        }
        Files.writeString(version.resolve(FILE), lines);
    }

    private static List<Path> files(Path version) throws IOException {
        try (Stream<Path> files = Files.walk(version)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
