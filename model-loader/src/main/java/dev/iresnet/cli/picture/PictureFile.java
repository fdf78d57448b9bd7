package dev.iresnet.cli.picture;

import dev.iresnet.image.EncodedImage;
import dev.iresnet.image.ImageException;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.video.FrameReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * A picture, or a video, that the user named.
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

    /** What a model is asked of: pictures, as {@link #listSome}, or videos. */
    static List<PictureFile> listSome(
            List<Path> arguments, ModelDescription model, CommandLine command) throws IOException {
        if (model.clip().isEmpty()) {
            return listSome(arguments, command);
        }
        List<PictureFile> videos = new ArrayList<>();
        for (Path argument : arguments) {
            if (Files.isDirectory(argument)) {
                videos.addAll(videosWithin(argument));
            } else {
                videos.add(new PictureFile(argument, argument.getFileName()));
            }
        }
        if (videos.isEmpty()) {
            throw new ParameterException(
                    command,
                    "No video in %s: %s takes clips, from directories of frames (.jpg, .jpeg, .png), animated .gif files, or videos that ffmpeg reads"
                            .formatted(arguments, model.name()));
        }
        return videos;
    }

    private static List<PictureFile> videosWithin(Path directory) throws IOException {
        return FrameReader.videosBelow(directory).stream()
                .map(path -> new PictureFile(path, name(directory, path)))
                .toList();
    }

    private static Path name(Path directory, Path path) {
        return path.equals(directory)
                ? directory.toAbsolutePath().normalize().getFileName()
                : directory.relativize(path);
    }

    private static List<PictureFile> within(Path directory) throws IOException {
        return EncodedImage.below(directory).stream()
                .map(path -> new PictureFile(path, directory.relativize(path)))
                .toList();
    }

    /** The whole file; its first bytes say whether it is JPEG or PNG, not its name. */
    EncodedImage read() throws IOException, ImageException {
        return EncodedImage.read(path);
    }
}
