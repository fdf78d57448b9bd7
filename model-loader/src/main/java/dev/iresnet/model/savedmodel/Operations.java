package dev.iresnet.model.savedmodel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The operations that a SavedModel may be made of: the table {@code operations.txt}. */
final class Operations {
    private static final Map<String, Use> USES = read();

    private Operations() {}

    /** Where an operation may stand. */
    enum Use {
        /** Anywhere. */
        SERVE,
        /** Not between input and output: one picture would get several answers. */
        RANDOM,
        /** Not between input and output: changes variables or fills tables. */
        IDLE,
        /** Only in what reads the variables' files. */
        RESTORE,
        /** Only in what writes them. */
        SAVE
    }

    /** Empty for what is not in the table, which must be refused. */
    static Optional<Use> use(String operation) {
        return Optional.ofNullable(USES.get(operation));
    }

    /** All of the table, by operation. */
    static Map<String, Use> table() {
        return Map.copyOf(USES);
    }

    private static Map<String, Use> read() {
        Map<String, Use> uses = new HashMap<>();
        Use use = Use.SERVE;
        for (String line : text().lines().filter(line -> !line.startsWith("#")).toList()) {
            if (line.endsWith(":")) {
                use = Use.valueOf(line.split(" ", 2)[0].toUpperCase(Locale.ROOT));
            } else if (!line.isBlank()) {
                for (String operation : line.strip().split(" ", -1)) {
                    if (uses.put(operation, use) != null) {
                        throw new IllegalStateException("operations.txt has twice " + operation);
                    }
                }
            }
        }
        return uses;
    }

    private static String text() {
        try (InputStream in = Operations.class.getResourceAsStream("operations.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
