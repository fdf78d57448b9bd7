package dev.iresnet.image;

import dev.iresnet.tensorflow.TensorMemory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TUint8;

/**
 * A JPEG of four components, CMYK or YCCK, in the RGB that Pillow makes of it: as if its values
 * were inverted, as Adobe's are, whether or not Adobe's marker says so.
 *
 * <p>TensorFlow's decoder gives three channels, each a product of a colour and black that was
 * rounded down. To get at the four planes themselves the file is decoded four times: with planes of
 * colour or with the plane of black made flat, by quantisation tables of zeros, so that one factor
 * is known; and each with and without Adobe's marker, whose products are those of the inverted
 * values. A flat plane is 128, so that a value {@code v} comes as {@code a = 128 v / 255} and
 * {@code b = 127 (255 - v) / 255}, both rounded down, and is {@code a - b + 127}.
 *
 * <p>Source: ITU-T T.81, B.2 (segments); T.872, 6.5.3 (Adobe's marker); Pillow's {@code Convert.c},
 * {@code cmyk2rgb}; libjpeg's {@code jdcolor.c}, {@code ycck_cmyk_convert}.
 */
final class CmykJpeg {
    /** That it takes. */
    static final int DECODINGS = 4;

    private static final int FLAT = 128;
    private static final byte[] ADOBE = {'A', 'd', 'o', 'b', 'e'};
    private static final int ADOBE_BYTES = 12;

    /** Adobe's marker, which says that values are not transformed. */
    private static final byte[] MARKER = {
        (byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 0, 0, 0, 0, 0, 0
    };

    /** Marker, length, number of the table, and its 64 values. */
    private static final int ZEROS_SEGMENT = 2 + 2 + 1 + 64;

    private final byte[] file;
    private final List<Integer> scans = new ArrayList<>();
    private int quantisation;
    private boolean ycck;

    /**
     * Finds what is to be changed.
     *
     * @param bytes whose markers have been checked
     */
    CmykJpeg(ByteBuffer bytes) throws ImageException {
        file = new byte[bytes.remaining()];
        bytes.get(bytes.position(), file);
        JpegMarkers markers = new JpegMarkers(ByteBuffer.wrap(file));
        for (int marker = markers.next();
                marker != JpegMarkers.END_OF_IMAGE && marker != JpegMarkers.NONE;
                marker = markers.next()) {
            int at = markers.at();
            ByteBuffer segment = markers.segment(marker);
            if (marker == JpegMarkers.START_OF_SCAN) {
                scans.add(at - 2);
            } else if (JpegMarkers.isFrame(marker)) {
                quantisation = at + 10;
            } else if (marker == JpegMarkers.ADOBE && isAdobe(segment)) {
                // after the first scan a decoder has chosen
                ycck = scans.isEmpty() ? segment.get(2 + ADOBE_BYTES - 1) != 0 : ycck;
                // a segment of another application, which a decoder passes over
                file[at - 1]--;
            }
        }
    }

    private static boolean isAdobe(ByteBuffer segment) {
        return segment.limit() >= 2 + ADOBE_BYTES
                && segment.slice(2, ADOBE.length).equals(ByteBuffer.wrap(ADOBE));
    }

    /** Its pixels, to be closed. */
    Raster decode(TensorFlowDecoder decoder, Reduction reduction) throws ImageException {
        int pixels = reduction.reducedWidth() * reduction.reducedHeight();
        try (TUint8 plane = TUint8.tensorOf(Shape.of(pixels))) {
            ByteBuffer black = TensorMemory.of(plane);
            try (TensorFlowDecoder.Decoded marked =
                            decoder.decodeJpeg(flat(true, true), reduction);
                    TensorFlowDecoder.Decoded plain =
                            decoder.decodeJpeg(flat(true, false), reduction)) {
                for (int i = 0; i < pixels; i++) {
                    black.put(i, (byte) value(marked.pixels(), plain.pixels(), 3 * i));
                }
            }
            TensorFlowDecoder.Decoded colours = decoder.decodeJpeg(flat(false, true), reduction);
            try (TensorFlowDecoder.Decoded plain =
                    decoder.decodeJpeg(flat(false, false), reduction)) {
                convert(black, colours.pixels(), plain.pixels());
                return colours;
            } catch (ImageException | RuntimeException | Error e) {
                colours.close();
                throw e;
            }
        }
    }

    /**
     * The file with planes made flat.
     *
     * @param colours whether those of colour, or that of black
     * @param marked whether with Adobe's marker
     */
    private ByteBuffer flat(boolean colours, boolean marked) {
        int table = unused(colours ? List.of(3) : List.of(0, 1, 2));
        int inserted = marked ? MARKER.length : 0;
        ByteBuffer out = ByteBuffer.allocate(file.length + inserted + scans.size() * ZEROS_SEGMENT);
        out.put(file, 0, 2);
        if (marked) {
            out.put(MARKER);
        }
        int copied = 2;
        for (int scan : scans) {
            // before each: the file may define the table again
            out.put(file, copied, scan - copied);
            out.put((byte) 0xFF).put((byte) JpegMarkers.QUANTISATION_TABLES);
            out.putShort((short) (ZEROS_SEGMENT - 2)).put((byte) table).put(new byte[64]);
            copied = scan;
        }
        out.put(file, copied, file.length - copied);
        for (int component = 0; component < 4; component++) {
            if ((component < 3) == colours) {
                // in the frame header, before all scans
                out.put(quantisation + inserted + 3 * component, (byte) table);
            }
        }
        return out.flip();
    }

    /** The number of a table that none of these components uses. */
    private int unused(List<Integer> components) {
        List<Integer> used =
                components.stream().map(c -> (int) file[quantisation + 3 * c]).toList();
        int table = 0;
        while (used.contains(table)) {
            table++;
        }
        return table;
    }

    private static int value(ByteBuffer marked, ByteBuffer plain, int at) {
        return (marked.get(at) & 0xFF) - (plain.get(at) & 0xFF) + FLAT - 1;
    }

    /** Puts RGB in the place of the marked colours. */
    private void convert(ByteBuffer black, ByteBuffer marked, ByteBuffer plain) {
        int[] colour = new int[3];
        for (int i = 0; i < black.capacity(); i++) {
            for (int c = 0; c < 3; c++) {
                colour[c] = value(marked, plain, 3 * i + c);
            }
            if (ycck) {
                toCmy(colour);
            }
            int light = black.get(i) & 0xFF;
            for (int c = 0; c < 3; c++) {
                marked.put(3 * i + c, (byte) (light - product(255 - colour[c], light)));
            }
        }
    }

    /** {@code a b / 255}, rounded, as Pillow has it. */
    private static int product(int a, int b) {
        int product = a * b + 128;
        return ((product >> 8) + product) >> 8;
    }

    /** 16 fractional bits; the factors are 1.402, 0.34414, 0.71414 and 1.772. */
    private static void toCmy(int[] ycc) {
        int y = ycc[0];
        int blue = ycc[1] - 128;
        int red = ycc[2] - 128;
        int half = 1 << 15;
        ycc[0] = inverted(y + ((91_881 * red + half) >> 16));
        ycc[1] = inverted(y + ((-22_554 * blue - 46_802 * red + half) >> 16));
        ycc[2] = inverted(y + ((116_130 * blue + half) >> 16));
    }

    private static int inverted(int value) {
        return Math.max(0, Math.min(255, 255 - value));
    }
}
