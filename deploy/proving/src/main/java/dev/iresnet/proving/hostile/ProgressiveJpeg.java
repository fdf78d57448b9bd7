package dev.iresnet.proving.hostile;

import java.io.ByteArrayOutputStream;

/**
 * A valid progressive JPEG, grey and flat, whose scans are nearly empty: what goes over all its
 * blocks, again and again, takes a few bytes of file a scan.
 *
 * <p>Source: ITU-T T.81, annexes B, F and G.
 */
public final class ProgressiveJpeg {
    private static final int DC = 0x00;
    private static final int AC = 0x10;

    /** A run of 16,384 blocks without a coefficient, and more by the 14 bits behind it. */
    private static final int LONGEST_RUN = 0xE0;

    private static final int BLOCKS_IN_RUN = 16_384;
    private static final int BITS_OF_RUN = 15;

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();

    private ProgressiveJpeg() {}

    /**
     * A file that any decoder reads.
     *
     * @param scans one for the mean of each block, the others for its other coefficients, again and
     *     again
     */
    public static byte[] flat(int width, int height, int scans) {
        ProgressiveJpeg jpeg = new ProgressiveJpeg();
        int blocks = (width + 7) / 8 * ((height + 7) / 8);
        jpeg.put(0xFF, 0xD8);
        jpeg.headers(width, height);
        jpeg.scan(0, 0, 0, blocks);
        int runs = (blocks + BLOCKS_IN_RUN - 1) / BLOCKS_IN_RUN;
        for (int i = 1; i < scans; i++) {
            jpeg.scan(1, 63, 0x10, runs * BITS_OF_RUN);
        }
        jpeg.put(0xFF, 0xD9);
        return jpeg.file.toByteArray();
    }

    private void headers(int width, int height) {
        put(0xFF, 0xDB, 0, 67, 0);
        for (int i = 0; i < 64; i++) {
            put(1);
        }
        put(0xFF, 0xC2, 0, 11, 8, height >> 8, height, width >> 8, width, 1, 1, 0x11, 0);
        table(DC, 0);
        table(AC, LONGEST_RUN);
    }

    /** Of one symbol, whose code is a single 0. */
    private void table(int kind, int symbol) {
        put(0xFF, 0xC4, 0, 20, kind, 1);
        file.writeBytes(new byte[15]);
        put(symbol);
    }

    private void scan(int from, int to, int approximation, int zeroBits) {
        put(0xFF, 0xDA, 0, 8, 1, 1, 0, from, to, approximation);
        file.writeBytes(new byte[(zeroBits + 7) / 8]);
    }

    private void put(int... bytes) {
        for (int one : bytes) {
            file.write(one);
        }
    }
}
