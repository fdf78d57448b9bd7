package dev.iresnet.video;

import dev.iresnet.file.DirectoryTree;
import dev.iresnet.image.EncodedImage;
import dev.iresnet.image.ImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Reads a video's frames in order. Not thread-safe. */
public interface FrameReader extends AutoCloseable {
    /** Frames of a video beyond which it is refused: their crops are kept in memory. */
    int MOST_FRAMES = 20_000;

    /**
     * The next frame; empty behind the last. Its bytes are valid until the next call.
     *
     * @throws ImageException if the frame is damaged or too large
     */
    Optional<EncodedImage> next() throws IOException, ImageException;

    /** Frames a second; empty where that is not known. To be asked when all frames were read. */
    OptionalDouble rate();

    @Override
    void close() throws IOException;

    /** Whether a file is named like a video. */
    static boolean isVideo(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        int dot = name.lastIndexOf('.');
        return dot > 0
                && Set.of("gif", "mp4", "m4v", "mov", "avi", "mkv", "webm", "mpg", "mpeg", "ts")
                        .contains(name.substring(dot + 1));
    }

    /**
     * What is a video in a directory, at any depth, or is it itself, sorted: directories that hold
     * pictures, and files that are named like videos; as {@link DirectoryTree#visible}.
     */
    static List<Path> videosBelow(Path directory) throws IOException {
        List<Path> videos = new ArrayList<>();
        for (Path path : DirectoryTree.visible(directory)) {
            if (Files.isDirectory(path)
                    ? !DirectoryFrames.pictures(path).isEmpty()
                    : isVideo(path)) {
                videos.add(path);
            }
        }
        return videos;
    }

    /**
     * Opens a directory of pictures, each a frame, in the order of their names, numbers in them by
     * their value; an animated GIF; or any other video, which a program {@code ffmpeg} reads.
     *
     * @throws IOException if it cannot be read; the message says what to do
     */
    static FrameReader open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return new DirectoryFrames(path);
        }
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".gif") ? new GifFrames(path) : FfmpegFrames.of(path);
    }
}
