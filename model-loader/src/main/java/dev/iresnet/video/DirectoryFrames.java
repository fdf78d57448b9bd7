package dev.iresnet.video;

import dev.iresnet.image.EncodedImage;
import dev.iresnet.image.ImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Pictures of a directory, each a frame. */
public final class DirectoryFrames implements FrameReader {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Comparator<Path> BY_NUMBER =
            Comparator.comparing(DirectoryFrames::padded).thenComparing(Comparator.naturalOrder());

    private final Iterator<Path> files;

    DirectoryFrames(Path directory) throws IOException {
        files = pictures(directory).iterator();
    }

    /**
     * The pictures that lie directly in a directory, in the order of frames; hidden ones left out.
     */
    public static List<Path> pictures(Path directory) throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.filter(EncodedImage::isNamedLikeOne)
                    .filter(path -> !String.valueOf(path.getFileName()).startsWith("."))
                    .filter(Files::isRegularFile)
                    .sorted(BY_NUMBER)
                    .toList();
        }
    }

    /** {@code frame2} before {@code frame10}. */
    private static String padded(Path file) {
        return NUMBER.matcher(String.valueOf(file.getFileName()))
                .replaceAll(number -> "%018d".formatted(Long.parseLong(number.group())));
    }

    @Override
    public Optional<EncodedImage> next() throws IOException, ImageException {
        return files.hasNext() ? Optional.of(EncodedImage.read(files.next())) : Optional.empty();
    }

    @Override
    public OptionalDouble rate() {
        return OptionalDouble.empty();
    }

    @Override
    public void close() {}
}
