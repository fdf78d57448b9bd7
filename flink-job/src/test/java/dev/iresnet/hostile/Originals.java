package dev.iresnet.hostile;

import dev.iresnet.schemas.avro.ImageEncoding;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Good pictures, small so that many can be tried, one for each path through the decoders. */
final class Originals {
    static final int WIDTH = 40;
    static final int HEIGHT = 24;

    private static final int[] PIXEL_TYPES = {
        BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_BYTE_GRAY
    };
    private static final int[] PNG_PIXEL_TYPES = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_BYTE_GRAY,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_BYTE_INDEXED,
        BufferedImage.TYPE_BYTE_BINARY,
        BufferedImage.TYPE_USHORT_GRAY
    };

    /** Baseline and progressive, colour and grey; of four inks, and without its end marker. */
    static final List<byte[]> JPEGS = jpegs();

    /** Six kinds of pixels, each interlaced and not. */
    static final List<byte[]> PNGS = files("png", PNG_PIXEL_TYPES);

    private Originals() {}

    /** Of {@link #WIDTH} x {@link #HEIGHT}; both even. */
    static byte[] raw(ImageEncoding encoding) {
        int pixels = WIDTH * HEIGHT;
        byte[] raw =
                new byte
                        [switch (encoding) {
                            case RGB, BGR -> 3 * pixels;
                            case GRAY -> pixels;
                            case NV12, I420 -> pixels * 3 / 2;
                            case JPEG, PNG, UNKNOWN ->
                                    throw new IllegalArgumentException(encoding + " is not raw");
                        }];
        new SplittableRandom(pixels).nextBytes(raw);
        return raw;
    }

    private static List<byte[]> jpegs() {
        List<byte[]> files = new ArrayList<>(files("jpg", PIXEL_TYPES));
        byte[] whole = files.get(0);
        files.add(Arrays.copyOf(Arrays.copyOf(whole, whole.length - 2), whole.length + 30));
        WritableRaster inks =
                Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, WIDTH, HEIGHT, 4, null);
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < inks.getDataBuffer().getSize(); i++) {
            inks.getDataBuffer().setElem(i, random.nextInt(256));
        }
        files.add(file("jpg", new IIOImage(inks, null, null), false));
        return List.copyOf(files);
    }

    private static List<byte[]> files(String format, int[] pixelTypes) {
        List<byte[]> files = new ArrayList<>();
        for (int type : pixelTypes) {
            IIOImage image = new IIOImage(picture(type), null, null);
            files.add(file(format, image, false));
            files.add(file(format, image, true));
        }
        return List.copyOf(files);
    }

    /** Slopes and noise, so that every part of a code book has something to do. */
    private static BufferedImage picture(int type) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
        SplittableRandom random = new SplittableRandom(type);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int noise = x < WIDTH / 2 ? random.nextInt(1 << 24) : 0;
                int slope = ((x * 5) << 16) + ((y * 9) << 8) + x + y;
                image.setRGB(x, y, 0xff000000 | (noise ^ slope));
            }
        }
        return image;
    }

    private static byte[] file(String format, IIOImage image, boolean progressive) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setProgressiveMode(
                    progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            writer.write(null, image, how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
