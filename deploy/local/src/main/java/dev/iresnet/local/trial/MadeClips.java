package dev.iresnet.local.trial;

import dev.iresnet.local.options.FeedOptions;
import dev.iresnet.local.process.LocalException;
import dev.iresnet.proving.feed.PictureFolder;
import dev.iresnet.proving.motion.Motion;
import dev.iresnet.proving.motion.MovingCamera;
import dev.iresnet.proving.motion.Photograph;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Clips of the demo of videos: a camera that moves over photographs. */
public final class MadeClips {
    /** The others of the demo are those that its network was trained on. */
    private static final List<String> PHOTOGRAPHS =
            List.of("rocket.jpg", "road-540p-solidWhiteCurve.jpg");

    private static final int CLIPS_OF_A_MOTION = 4;
    private static final int WIDTH = 256;
    private static final int HEIGHT = 192;
    private static final int FRAMES = 16;
    private static final double TILT = 8;

    private MadeClips() {}

    /**
     * Reads the photographs of the demo.
     *
     * @param feed that the clips are for
     * @throws LocalException if one cannot be read, or the feed would end within a clip
     */
    public static List<Photograph> photographs(FeedOptions feed) {
        int whole = FRAMES * feed.cameras();
        if (feed.count() % whole != 0) {
            throw new LocalException(
                    "--count must be a multiple of %d, whole clips of %d frames for %d cameras, got %d"
                            .formatted(whole, FRAMES, feed.cameras(), feed.count()));
        }
        Path directory = feed.frames();
        List<Photograph> all = new ArrayList<>();
        for (String name : PHOTOGRAPHS) {
            try {
                all.add(Photograph.read(directory.resolve(name)));
            } catch (IOException e) {
                throw new LocalException("--demo: " + e.getMessage(), e);
            }
        }
        return all;
    }

    /** Writes the same clips in each run; the directory above the frames is named by the motion. */
    public static PictureFolder write(List<Photograph> photographs, Path directory) {
        MovingCamera camera = new MovingCamera(WIDTH, HEIGHT, FRAMES, TILT);
        Motion[] motions = Motion.values();
        try {
            IntStream.range(0, CLIPS_OF_A_MOTION * motions.length)
                    .parallel()
                    .forEach(
                            clip -> {
                                Motion motion = motions[clip % motions.length];
                                Photograph photograph =
                                        photographs.get(clip / motions.length % photographs.size());
                                writeFrames(
                                        camera.clip(photograph, motion, new SplittableRandom(clip)),
                                        directory
                                                .resolve("%02d".formatted(clip))
                                                .resolve(motion.label()));
                            });
        } catch (UncheckedIOException e) {
            throw new LocalException("Cannot write clips to " + directory + ": " + e.getCause(), e);
        }
        return PictureFolder.ofClips(directory);
    }

    private static void writeFrames(List<BufferedImage> clip, Path directory) {
        try {
            MovingCamera.write(clip, directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
