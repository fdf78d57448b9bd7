package dev.iresnet.image;

import static dev.iresnet.image.ImageException.Reason.TOO_LARGE;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The pixels that a PNG's header promises, and how many bytes they take once unpacked.
 *
 * <p>Source: PNG specification, third edition, chapters 8, 9 and 11.2.1.
 *
 * @param depth bits a sample
 * @param colourType as in the header
 */
record PngPixels(long width, long height, int depth, int colourType, boolean interlaced) {
    /** Column and row of a pass's first pixel, and the distance to the next ones (Adam7). */
    private static final int[][] PASSES = {
        {0, 0, 8, 8},
        {4, 0, 8, 8},
        {0, 4, 4, 8},
        {2, 0, 4, 4},
        {0, 2, 2, 4},
        {1, 0, 2, 2},
        {0, 1, 1, 2}
    };

    /** Work of an unpacked byte: we unpack it, and then the decoder does. */
    static final int BYTE = 3;

    /** Work of a byte of the file: one that does not compress takes longer to unpack. */
    static final int PACKED_BYTE = 24;

    /** Work of a pixel of an interlaced picture: the decoder goes over all rows seven times. */
    static final int INTERLACED = 7;

    /** Some encoders write a little more than they should. */
    private static final int TOLERATED = 64 << 10;

    /** Each row has a byte for its filter before it. */
    long unpackedBytes() {
        if (!interlaced) {
            return bytes(width, height);
        }
        long sum = 0;
        for (int[] pass : PASSES) {
            sum += bytes(steps(width, pass[0], pass[2]), steps(height, pass[1], pass[3]));
        }
        return sum;
    }

    /**
     * In the unit of {@link DecodeLimits}.
     *
     * @param fileBytes that the pixels are packed into
     */
    long work(long fileBytes) {
        return DecodeLimits.FIXED
                + (3 + (interlaced ? INTERLACED : 0)) * width * height
                + BYTE * unpackedBytes()
                + PACKED_BYTE * fileBytes;
    }

    private static long steps(long size, int first, int step) {
        return (size - first + step - 1) / step;
    }

    private long bytes(long columns, long rows) {
        return columns <= 0 || rows <= 0 ? 0 : rows * (1 + (columns * bitsPerPixel() + 7) / 8);
    }

    /** At least as many as the decoder will take for them: it refuses odd combinations. */
    private int bitsPerPixel() {
        int samples =
                switch (colourType) {
                    case 0, 3 -> 1;
                    case 4 -> 2;
                    case 2 -> 3;
                    default -> 4;
                };
        return samples * (depth & 0xFF);
    }

    /** Unpacks nothing yet. */
    Unpacked unpack() {
        return new Unpacked(unpackedBytes() + TOLERATED);
    }

    /**
     * Counts what compressed pixels unpack to. A decoder unpacks to the end, for the sake of the
     * checksum there, and a megabyte can unpack to a gigabyte behind the last row.
     */
    static final class Unpacked implements AutoCloseable {
        private final Inflater inflater = new Inflater();
        private final byte[] scratch = new byte[32 << 10];
        private final long most;
        private boolean broken;

        private Unpacked(long most) {
            this.most = most;
        }

        /**
         * Takes the next piece.
         *
         * @throws ImageException if there is more in it than the picture has pixels; what is wrong
         *     with it otherwise is the decoder's to say
         */
        void add(ByteBuffer compressed) throws ImageException {
            inflater.setInput(compressed);
            while (!broken && !inflater.finished()) {
                if (inflate() == 0) {
                    return;
                }
                if (inflater.getBytesWritten() > most) {
                    throw new ImageException(
                            TOO_LARGE,
                            "PNG whose pixel data unpacks to more than the %d bytes that its size asks for"
                                    .formatted(most - TOLERATED));
                }
            }
        }

        /** Whether they came to their end, and their checksum was right. */
        boolean isComplete() {
            return !broken && inflater.finished();
        }

        private int inflate() {
            try {
                return inflater.inflate(scratch);
            } catch (DataFormatException e) {
                broken = true;
                return 0;
            }
        }

        @Override
        public void close() {
            inflater.end();
        }
    }
}
