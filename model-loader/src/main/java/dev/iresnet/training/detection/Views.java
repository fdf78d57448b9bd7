package dev.iresnet.training.detection;

import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.EncodedImage;
import dev.iresnet.image.Encoding;
import dev.iresnet.image.ImageException;
import dev.iresnet.image.PicturePreprocessor;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.training.Augmentation;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Varies pictures with their boxes. {@link Augmentation#FULL} takes a part that overlaps an object
 * by a random share at least (SSD, section 2.2), mirrors it in half of the cases and changes its
 * colours. Not thread-safe.
 */
final class Views implements AutoCloseable {
    /** Of a part and an object, intersection over union; 1 for the whole picture. */
    private static final double[] LEAST_OVERLAPS = {0, 0.1, 0.3, 0.5, 0.7, 0.9, 1};

    private static final double SHORTEST_SIDE = 0.3;
    private static final double LONGEST_SHAPE = 2;
    private static final int TRIES = 40;

    private final Preprocessing stored;
    private final Preprocessing rule;
    private final Augmentation augmentation;
    private final PicturePreprocessor resizing;

    /** Holds native memory until {@link #close}. */
    Views(Preprocessing rule, Augmentation augmentation) {
        requireKnown(augmentation);
        this.rule = rule;
        this.stored = stored(rule, augmentation);
        this.augmentation = augmentation;
        this.resizing =
                new PicturePreprocessor(rule.stretchedTo(rule.width()), DecodeLimits.DEFAULT);
    }

    static void requireKnown(Augmentation augmentation) {
        if (augmentation == Augmentation.SHIFT) {
            throw new IllegalArgumentException(
                    "--augment of a detector must be none, mirror, unmirrored or full, got shift");
        }
    }

    private static boolean takesParts(Augmentation augmentation) {
        return augmentation == Augmentation.FULL || augmentation == Augmentation.UNMIRRORED;
    }

    /** What pictures are decoded to: larger than the input where parts are taken of it. */
    static Preprocessing stored(Preprocessing rule, Augmentation augmentation) {
        if (!takesParts(augmentation)) {
            return rule;
        }
        return new Preprocessing(
                rule.width() * 3 / 2,
                rule.height() * 3 / 2,
                rule.resize(),
                rule.resizeTo() * 3 / 2,
                rule.mean(),
                rule.std(),
                rule.interpolation());
    }

    /**
     * A part of a picture, in pixels.
     *
     * @param objects what of the picture's is in it
     */
    private record Part(int left, int top, int width, int height, List<LabelledBox> objects) {}

    /**
     * Makes an input.
     *
     * @param picture as {@link #stored} says
     * @param objects of the picture
     * @param to direct; receives height x width x 3 bytes at its position, which moves behind them
     * @return objects of the input
     */
    List<LabelledBox> view(
            ByteBuffer picture, List<LabelledBox> objects, RandomGenerator random, ByteBuffer to) {
        ByteBuffer view = to.slice(to.position(), rule.cropBytes());
        to.position(to.position() + rule.cropBytes());
        if (!takesParts(augmentation)) {
            view.put(0, picture, 0, rule.cropBytes());
            return augmentation == Augmentation.MIRROR && random.nextBoolean()
                    ? mirrored(view, objects)
                    : objects;
        }
        Part part = part(objects, random);
        resize(picture, part, view);
        Augmentation.Colour colour = Augmentation.Colour.random(random, view);
        float[] rgb = new float[3];
        for (int at = 0; at < view.limit(); at += 3) {
            for (int c = 0; c < 3; c++) {
                rgb[c] = view.get(at + c) & 0xFF;
            }
            colour.put(rgb, view.position(at));
        }
        return random.nextBoolean() && augmentation == Augmentation.FULL
                ? mirrored(view, part.objects)
                : part.objects;
    }

    private Part part(List<LabelledBox> objects, RandomGenerator random) {
        while (true) {
            double least = LEAST_OVERLAPS[random.nextInt(LEAST_OVERLAPS.length)];
            if (least == 1 || objects.isEmpty()) {
                return new Part(0, 0, stored.width(), stored.height(), objects);
            }
            for (int i = 0; i < TRIES; i++) {
                Optional<Part> part = tried(objects, least, random);
                if (part.isPresent()) {
                    return part.get();
                }
            }
        }
    }

    private Optional<Part> tried(List<LabelledBox> objects, double least, RandomGenerator random) {
        int width = (int) Math.round(stored.width() * random.nextDouble(SHORTEST_SIDE, 1));
        int height = (int) Math.round(stored.height() * random.nextDouble(SHORTEST_SIDE, 1));
        double shape = (double) width / height;
        if (shape > LONGEST_SHAPE || shape < 1 / LONGEST_SHAPE) {
            return Optional.empty();
        }
        int left = random.nextInt(stored.width() - width + 1);
        int top = random.nextInt(stored.height() - height + 1);
        double x = (double) left / stored.width();
        double y = (double) top / stored.height();
        double w = (double) width / stored.width();
        double h = (double) height / stored.height();
        List<LabelledBox> inside =
                objects.stream().flatMap(object -> object.within(x, y, w, h).stream()).toList();
        boolean near =
                objects.stream()
                        .filter(object -> object.within(x, y, w, h).isPresent())
                        .anyMatch(object -> object.overlap(x, y, x + w, y + h) >= least);
        return near ? Optional.of(new Part(left, top, width, height, inside)) : Optional.empty();
    }

    private void resize(ByteBuffer picture, Part part, ByteBuffer view) {
        int row = part.width * 3;
        ByteBuffer pixels = ByteBuffer.allocate(row * part.height);
        for (int y = 0; y < part.height; y++) {
            int from = ((part.top + y) * stored.width() + part.left) * 3;
            pixels.put(y * row, picture, from, row);
        }
        try {
            resizing.crop(new EncodedImage(Encoding.RGB, part.width, part.height, pixels), view);
        } catch (ImageException e) {
            throw new IllegalStateException("a part of a decoded picture was refused", e);
        }
    }

    private List<LabelledBox> mirrored(ByteBuffer view, List<LabelledBox> objects) {
        int width = rule.width();
        byte[] left = new byte[3];
        byte[] right = new byte[3];
        for (int y = 0; y < rule.height(); y++) {
            for (int x = 0; x < width / 2; x++) {
                int l = (y * width + x) * 3;
                int r = (y * width + width - 1 - x) * 3;
                view.get(l, left).get(r, right).put(l, right).put(r, left);
            }
        }
        return objects.stream().map(LabelledBox::mirrored).toList();
    }

    @Override
    public void close() {
        resizing.close();
    }
}
