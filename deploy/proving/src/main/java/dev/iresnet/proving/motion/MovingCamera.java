package dev.iresnet.proving.motion;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;

/**
 * Takes clips of photographs. How fast it moves, where it looks and how noisy it is are random: in
 * a clip it pans by 15% to 60% of the frame's side, zooms by 1.15 to 1.6, or turns by 8 to 35
 * degrees. Immutable; thread-safe.
 */
public final class MovingCamera {
    private static final int TRIES = 10_000;

    /** Of what a photograph has of the frame's shape. */
    private static final double NARROWEST = 0.3;

    private static final double WIDEST = 0.8;
    private static final double MOST_NOISE = 4;

    private final int width;
    private final int height;
    private final int frames;
    private final double tilt;

    /**
     * @param width of a frame, pixels
     * @param height of a frame, pixels
     * @param frames of a clip, 2 or more
     * @param tilt by which it is turned to either side at most, degrees, 0..180
     */
    public MovingCamera(int width, int height, int frames, double tilt) {
        if (!(tilt >= 0 && tilt <= 180)) {
            throw new IllegalArgumentException("a tilt must be 0..180 degrees, got " + tilt);
        }
        if (width < 8 || height < 8 || frames < 2) {
            throw new IllegalArgumentException(
                    "a clip must have frames of 8x8 or more, and 2 or more of them, got %d of %dx%d"
                            .formatted(frames, width, height));
        }
        this.width = width;
        this.height = height;
        this.frames = frames;
        this.tilt = Math.toRadians(tilt);
    }

    /**
     * A clip's frames, in order. Photographs are mirrored in half of the cases, before the camera
     * moves over them.
     *
     * @param random decides about all that is not said
     */
    public List<BufferedImage> clip(Photograph photograph, Motion motion, RandomGenerator random) {
        List<View> views = views(photograph, motion, random);
        boolean mirrored = random.nextBoolean();
        double noise = random.nextDouble(MOST_NOISE);
        return views.stream()
                .map(view -> frame(photograph, view, mirrored, noise, random))
                .toList();
    }

    /** Writes a clip's frames as JPEG files whose names are in their order. */
    public static void write(List<BufferedImage> clip, Path directory) throws IOException {
        Files.createDirectories(directory);
        String name =
                "%%0%dd.jpg".formatted(Math.max(2, Integer.toString(clip.size() - 1).length()));
        for (int frame = 0; frame < clip.size(); frame++) {
            Path file = directory.resolve(name.formatted(frame));
            ImageIO.write(clip.get(frame), "jpg", file.toFile());
        }
    }

    private List<View> views(Photograph photograph, Motion motion, RandomGenerator random) {
        double most =
                Math.min(
                        (double) photograph.width() / width, (double) photograph.height() / height);
        for (int i = 0; i < TRIES; i++) {
            View first =
                    new View(
                            random.nextDouble(photograph.width()),
                            random.nextDouble(photograph.height()),
                            most * random.nextDouble(NARROWEST, WIDEST),
                            tilt * (2 * random.nextDouble() - 1));
            double amount = amount(motion, random) / (frames - 1);
            List<View> views = new ArrayList<>();
            for (int frame = 0; frame < frames; frame++) {
                views.add(first.after(motion, frame * amount));
            }
            if (views.stream().allMatch(view -> view.isInside(photograph, width, height))) {
                return views;
            }
        }
        throw new IllegalStateException(
                "no place in %s was found for %s".formatted(photograph.name(), motion.label()));
    }

    /** As {@link View#after} takes it. */
    private double amount(Motion motion, RandomGenerator random) {
        return switch (motion) {
            case STILL -> 0;
            case PAN_LEFT, PAN_RIGHT -> width * random.nextDouble(0.15, 0.6);
            case PAN_UP, PAN_DOWN -> height * random.nextDouble(0.15, 0.6);
            case ZOOM_IN, ZOOM_OUT -> random.nextDouble(Math.log(1.15), Math.log(1.6));
            case TURN_LEFT, TURN_RIGHT -> Math.toRadians(random.nextDouble(8, 35));
        };
    }

    private BufferedImage frame(
            Photograph photograph,
            View view,
            boolean mirrored,
            double noise,
            RandomGenerator random) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        double[] rgb = new double[3];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double right = x + 0.5 - width / 2.0;
                double down = y + 0.5 - height / 2.0;
                double seen = view.seenX(right, down);
                photograph.sample(
                        mirrored ? photograph.width() - seen : seen,
                        view.seenY(right, down),
                        view.scale(),
                        rgb);
                int colour = 0;
                for (double value : rgb) {
                    long noisy = Math.round(value + noise * random.nextGaussian());
                    colour = colour << 8 | (int) Math.max(0, Math.min(255, noisy));
                }
                image.setRGB(x, y, colour);
            }
        }
        return image;
    }
}
