package dev.iresnet.cli.picture;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;

/**
 * A crop to be written.
 *
 * @param width pixels
 * @param height pixels
 * @param rgb uint8 [height, width, 3] from position to limit; of a number of clips, each with all
 *     its frames, asked for one after the other
 * @param several clips and frames of each; none for one picture
 */
record CropFile(int width, int height, IntFunction<ByteBuffer> rgb, List<Integer> several) {
    private static final byte[] NPY_START = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

    /** One picture. */
    CropFile(int width, int height, ByteBuffer rgb) {
        this(width, height, number -> rgb, List.of());
    }

    /** As NumPy's format 1.0. */
    void writeNpy(Path path) throws IOException {
        String header =
                "{'descr': '|u1', 'fortran_order': False, 'shape': (%s%d, %d, 3), }"
                        .formatted(
                                several.stream()
                                        .map(extent -> extent + ", ")
                                        .collect(Collectors.joining()),
                                height,
                                width);
        // What precedes the data, the line's end included, is a multiple of 64 bytes.
        int length = 128 - NPY_START.length - 2;
        String padded = header + " ".repeat(length - 1 - header.length()) + "\n";
        ByteBuffer start = ByteBuffer.allocate(128).put(NPY_START);
        start.put((byte) length).put((byte) 0);
        start.put(padded.getBytes(StandardCharsets.US_ASCII)).flip();
        try (FileChannel file =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            writeAll(file, start);
            for (int i = 0; i < (several.isEmpty() ? 1 : several.get(0)); i++) {
                writeAll(file, rgb.apply(i).duplicate());
            }
        }
    }

    private static void writeAll(FileChannel file, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    void writePng(Path path) throws IOException {
        ImageIO.write(image(), "png", path.toFile());
    }

    BufferedImage image() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        ByteBuffer pixels = rgb.apply(0);
        int at = pixels.position();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++, at += 3) {
                int red = pixels.get(at) & 0xFF;
                int green = pixels.get(at + 1) & 0xFF;
                int blue = pixels.get(at + 2) & 0xFF;
                image.setRGB(x, y, red << 16 | green << 8 | blue);
            }
        }
        return image;
    }
}
