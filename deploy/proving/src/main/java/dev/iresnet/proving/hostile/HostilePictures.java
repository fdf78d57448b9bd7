package dev.iresnet.proving.hostile;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Files that claim to be what they are not. */
final class HostilePictures {
    private static final byte[] PNG_SIGNATURE = {
        (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'
    };
    private static final int IHDR_BYTES = 13;

    private HostilePictures() {}

    /**
     * A PNG whose header is valid and promises this size in RGB, and whose data is a handful of
     * bytes. Who takes memory by the header takes 7.5 GB for 50,000 x 50,000.
     */
    static byte[] png(int width, int height) {
        var file = new ByteArrayOutputStream();
        file.writeBytes(PNG_SIGNATURE);
        byte[] header =
                ByteBuffer.allocate(IHDR_BYTES)
                        .putInt(width)
                        .putInt(height)
                        .put(new byte[] {8, 2, 0, 0, 0})
                        .array();
        chunk(file, "IHDR", header);
        chunk(file, "IDAT", deflated(new byte[64]));
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    /** A file that begins well and breaks off. */
    static byte[] firstHalf(byte[] picture) {
        return Arrays.copyOf(picture, picture.length / 2);
    }

    static byte[] text() {
        return "This is not a picture, whatever the file's name says.\n".getBytes(US_ASCII);
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] data) {
        CRC32 crc = new CRC32();
        crc.update(type.getBytes(US_ASCII));
        crc.update(data);
        file.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(data.length).array());
        file.writeBytes(type.getBytes(US_ASCII));
        file.writeBytes(data);
        file.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array());
    }

    private static byte[] deflated(byte[] data) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(data);
            deflater.finish();
            byte[] out = new byte[2 * data.length];
            return Arrays.copyOf(out, deflater.deflate(out));
        } finally {
            deflater.end();
        }
    }
}
