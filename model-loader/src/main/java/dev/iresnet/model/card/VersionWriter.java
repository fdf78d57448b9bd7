package dev.iresnet.model.card;

import dev.iresnet.file.DirectoryTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * Writes a version of a model aside and then moves it into place, so that a half-written one is
 * never seen.
 */
public final class VersionWriter {
    private VersionWriter() {}

    /** Writes the SavedModel of a version into a directory that is there and empty. */
    public interface Content {
        void writeTo(Path directory) throws IOException;
    }

    /**
     * Checks what can be checked before there are weights.
     *
     * @throws dev.iresnet.model.ModelException if a reader of {@code model.json} would refuse it
     */
    public static void check(ModelCard card) {
        json(card);
    }

    private static byte[] json(ModelCard card) {
        byte[] json = ModelCardJson.write(card).getBytes(StandardCharsets.UTF_8);
        ModelCardJson.read(json, ModelDirectory.CARD);
        return json;
    }

    /**
     * Writes the next version, unless a reader would refuse the card.
     *
     * @param model directory of versions; made if it is not there
     * @return the version, as it was read back and checked
     */
    public static ModelDirectory write(Path model, ModelCard card, Content content)
            throws IOException {
        byte[] json = json(card);
        Path target = model.toAbsolutePath().normalize();
        Files.createDirectories(target);
        Path aside = Files.createDirectory(target.resolve(".writing-" + UUID.randomUUID()));
        try {
            content.writeTo(aside);
            Files.createDirectories(aside.resolve("assets.extra"));
            Files.write(aside.resolve(ModelDirectory.CARD), json);
            Checksums.write(aside);
            return ModelDirectory.open(publish(aside, target));
        } finally {
            DirectoryTree.delete(aside);
        }
    }

    /** Moves the finished version to the next number that is free. */
    private static Path publish(Path aside, Path model) throws IOException {
        for (long version = ModelDirectory.newest(model).orElse(0) + 1; ; version++) {
            Path place = model.resolve(Long.toString(version));
            try {
                if (!Files.exists(place)) {
                    return Files.move(aside, place, StandardCopyOption.ATOMIC_MOVE);
                }
            } catch (FileSystemException e) {
                // on Linux a directory that is not empty has no exception of its own
                if (!Files.exists(place)) {
                    throw e;
                }
                // another writer has taken this number: try the next
            }
        }
    }
}
