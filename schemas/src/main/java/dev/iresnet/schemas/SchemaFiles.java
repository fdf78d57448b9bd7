package dev.iresnet.schemas;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** Extra writer schemas, as a user keeps them: {@code .avsc} files, one schema each. */
public final class SchemaFiles {

    private SchemaFiles() {}

    /**
     * The schema in a file, or those in the {@code .avsc} files of a directory, by name; folders in
     * it are not looked into.
     *
     * @throws IOException if {@code path} cannot be read or holds no schema; the message names the
     *     file
     */
    public static List<Schema> read(Path path) throws IOException {
        List<Schema> schemas = new ArrayList<>();
        for (Path file : files(path)) {
            schemas.add(parse(file));
        }
        if (schemas.isEmpty()) {
            throw new IOException("no .avsc file in " + path);
        }
        return schemas;
    }

    private static List<Path> files(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> file.toString().endsWith(".avsc")).sorted().toList();
        }
    }

    private static Schema parse(Path file) throws IOException {
        try {
            // A parser for each: files of one directory may hold versions of one name.
            return new Schema.Parser().parse(Files.readString(file));
        } catch (RuntimeException e) {
            // Avro throws its own exceptions, and a NullPointerException for a misspelt type.
            throw new IOException(file + " is not an Avro schema: " + e.getMessage(), e);
        }
    }
}
