package dev.iresnet.cli.picture;

import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.EncodedImage;
import dev.iresnet.image.Encoding;
import dev.iresnet.image.ImageException;
import dev.iresnet.image.ImageException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * A picture that the user named.
 *
 * @param path to read it from
 * @param name below the directory that the user named, or the file's own name
 */
public record PictureFile(Path path, Path name) {

    /**
     * The files among {@code arguments} as they are, and in the directories among them, at any
     * depth, all that are named like pictures, in the order of their names, hidden ones left out.
     */
    static List<PictureFile> list(List<Path> arguments) throws IOException {
        Stream.Builder<PictureFile> files = Stream.builder();
        for (Path argument : arguments) {
            if (Files.isDirectory(argument)) {
                within(argument).forEach(files);
            } else {
                files.add(new PictureFile(argument, argument.getFileName()));
            }
        }
        return files.build().toList();
    }

    /** As {@link #list}; no file at all is wrong usage of {@code command}. */
    public static List<PictureFile> listSome(List<Path> arguments, CommandLine command)
            throws IOException {
        List<PictureFile> files = list(arguments);
        if (files.isEmpty()) {
            throw new ParameterException(command, "No .jpg, .jpeg or .png file in " + arguments);
        }
        return files;
    }

    private static List<PictureFile> within(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(path -> isPicture(path) && Files.isRegularFile(path))
                    .sorted()
                    .map(path -> new PictureFile(path, directory.relativize(path)))
                    .filter(file -> !isHidden(file.name()))
                    .toList();
        }
    }

    /** Thumbnails and indexes that desktops leave: {@code .thumbnails}, {@code ._a.jpg}. */
    private static boolean isHidden(Path name) {
        return StreamSupport.stream(name.spliterator(), false)
                .anyMatch(part -> part.toString().startsWith("."));
    }

    private static boolean isPicture(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".jpg") || name.endsWith(".jpeg") || name.endsWith(".png");
    }

    /** The whole file; its first bytes say whether it is JPEG or PNG, not its name. */
    EncodedImage read() throws IOException, ImageException {
        long size = Files.size(path);
        int limit = DecodeLimits.DEFAULT.maxBytes();
        if (size > limit) {
            throw new ImageException(
                    Reason.TOO_LARGE, "%d bytes, at most %d are read".formatted(size, limit));
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
        if (!bytes.hasRemaining()) {
            throw new ImageException(Reason.EMPTY, "the file is empty");
        }
        return EncodedImage.compressed(Encoding.require(bytes), bytes);
    }
}
