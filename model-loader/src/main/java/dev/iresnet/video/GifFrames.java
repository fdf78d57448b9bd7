package dev.iresnet.video;

import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.EncodedImage;
import dev.iresnet.image.Encoding;
import dev.iresnet.image.ImageException;
import dev.iresnet.image.ImageException.Reason;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * An animated GIF. Each frame is drawn over the one before as Pillow draws it ({@code
 * GifImagePlugin}, converted to RGB), which differs from browsers: what is transparent in the first
 * frame, or is cleared, has the colour of the transparent index.
 */
final class GifFrames implements FrameReader {
    private static final int LOWEST_INTERLACED = 4;

    private final ImageInputStream in;
    private final ImageReader reader;
    private final int width;
    private final int height;
    private final int background;
    private final int[] canvas;
    private int index;
    private String disposal = "none";
    private @Nullable Patch cleared;
    private long hundredths;

    /** A part of the canvas to be put back before the next frame. */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    private record Patch(int left, int top, int width, int height, int[] pixels) {}

    GifFrames(Path file) throws IOException {
        in =
                Optional.ofNullable(ImageIO.createImageInputStream(file.toFile()))
                        .orElseThrow(() -> new IOException(file + ": no such file"));
        reader = ImageIO.getImageReadersByFormatName("gif").next();
        try {
            reader.setInput(in);
            IIOMetadataNode screen = root(reader.getStreamMetadata());
            IIOMetadataNode size = child(screen, "LogicalScreenDescriptor");
            width = number(size, "logicalScreenWidth");
            height = number(size, "logicalScreenHeight");
            IIOMetadataNode table = child(screen, "GlobalColorTable");
            background = table == null ? 0 : number(table, "backgroundColorIndex");
            if ((long) width * height > DecodeLimits.DEFAULT.maxPixels()) {
                throw new IOException(
                        "%d x %d pixels, at most %d are read"
                                .formatted(width, height, DecodeLimits.DEFAULT.maxPixels()));
            }
            canvas = new int[width * height];
        } catch (IOException | RuntimeException e) {
            close();
            throw e instanceof IOException io ? io : new IOException("damaged: " + e, e);
        }
    }

    @Override
    public Optional<EncodedImage> next() throws IOException, ImageException {
        BufferedImage frame;
        IIOMetadataNode metadata;
        try {
            metadata = root(reader.getImageMetadata(index));
            // first, since reading allocates as many pixels as the frame itself claims to have
            requireInside(child(metadata, "ImageDescriptor"));
            frame = reader.read(index);
        } catch (IndexOutOfBoundsException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            throw new ImageException(Reason.CORRUPT, "frame %d: %s".formatted(index, e));
        }
        draw(frame, metadata);
        index++;
        byte[] rgb = new byte[3 * canvas.length];
        for (int i = 0; i < canvas.length; i++) {
            rgb[3 * i] = (byte) (canvas[i] >> 16);
            rgb[3 * i + 1] = (byte) (canvas[i] >> 8);
            rgb[3 * i + 2] = (byte) canvas[i];
        }
        return Optional.of(new EncodedImage(Encoding.RGB, width, height, ByteBuffer.wrap(rgb)));
    }

    private void requireInside(@Nullable IIOMetadataNode place) throws ImageException {
        if (number(place, "imageLeftPosition") + number(place, "imageWidth") > width
                || number(place, "imageTopPosition") + number(place, "imageHeight") > height) {
            throw new ImageException(
                    Reason.CORRUPT, "frame %d reaches beyond the picture".formatted(index));
        }
    }

    private void draw(BufferedImage frame, IIOMetadataNode metadata) throws ImageException {
        IIOMetadataNode place = child(metadata, "ImageDescriptor");
        int left = number(place, "imageLeftPosition");
        int top = number(place, "imageTopPosition");
        // the JDK's reader loses rows of those
        if (place != null
                && place.getAttribute("interlaceFlag").equalsIgnoreCase("true")
                && frame.getHeight() <= LOWEST_INTERLACED) {
            throw new ImageException(
                    Reason.UNSUPPORTED,
                    "frame %d is interlaced and only %d rows high"
                            .formatted(index, frame.getHeight()));
        }
        IIOMetadataNode control = child(metadata, "GraphicControlExtension");
        int transparent = -1;
        if (control != null) {
            hundredths += number(control, "delayTime");
            if (control.getAttribute("transparentColorFlag").equalsIgnoreCase("true")) {
                transparent = number(control, "transparentColorIndex");
            }
            String said = control.getAttribute("disposalMethod");
            // one that is not said stays as it was
            disposal = said.equals("none") ? disposal : said;
        }
        IndexColorModel palette = (IndexColorModel) frame.getColorModel();
        if (cleared != null) {
            paste(cleared);
        }
        if (index == 0) {
            Arrays.fill(canvas, colour(palette, Math.max(0, transparent)));
        }
        Patch before = copy(left, top, frame.getWidth(), frame.getHeight());
        Raster pixels = frame.getRaster();
        for (int y = 0; y < frame.getHeight(); y++) {
            for (int x = 0; x < frame.getWidth(); x++) {
                int colour = pixels.getSample(x, y, 0);
                if (colour != transparent || index == 0) {
                    canvas[(top + y) * width + left + x] = colour(palette, colour);
                }
            }
        }
        cleared = cleared(before, palette, transparent);
    }

    private @Nullable Patch cleared(Patch before, IndexColorModel palette, int transparent) {
        switch (disposal) {
            case "restoreToBackgroundColor" -> {
                int colour = colour(palette, transparent < 0 ? background : transparent);
                int[] plain = new int[before.pixels.length];
                Arrays.fill(plain, colour);
                return new Patch(before.left, before.top, before.width, before.height, plain);
            }
            case "restoreToPrevious" -> {
                // before the first frame there is nothing but its transparent colour
                return index > 0 || transparent >= 0 ? before : null;
            }
            default -> {
                return null;
            }
        }
    }

    private static int colour(IndexColorModel palette, int index) {
        return palette.getRGB(index < palette.getMapSize() ? index : 0);
    }

    private Patch copy(int left, int top, int columns, int rows) {
        int[] pixels = new int[columns * rows];
        for (int y = 0; y < rows; y++) {
            System.arraycopy(canvas, (top + y) * width + left, pixels, y * columns, columns);
        }
        return new Patch(left, top, columns, rows, pixels);
    }

    private void paste(Patch patch) {
        for (int y = 0; y < patch.height; y++) {
            System.arraycopy(
                    patch.pixels,
                    y * patch.width,
                    canvas,
                    (patch.top + y) * width + patch.left,
                    patch.width);
        }
    }

    @Override
    public OptionalDouble rate() {
        return hundredths > 0
                ? OptionalDouble.of(100.0 * index / hundredths)
                : OptionalDouble.empty();
    }

    private static IIOMetadataNode root(IIOMetadata metadata) {
        return (IIOMetadataNode) metadata.getAsTree(metadata.getNativeMetadataFormatName());
    }

    private static @Nullable IIOMetadataNode child(IIOMetadataNode node, String name) {
        return (IIOMetadataNode) node.getElementsByTagName(name).item(0);
    }

    private static int number(@Nullable IIOMetadataNode node, String name) {
        return node == null ? 0 : Integer.parseInt(node.getAttribute(name));
    }

    @Override
    public void close() throws IOException {
        reader.dispose();
        in.close();
    }
}
