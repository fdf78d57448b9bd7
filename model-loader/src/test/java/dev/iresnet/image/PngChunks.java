package dev.iresnet.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Takes PNG files apart and puts them together again, with sums that are right. */
final class PngChunks {
    private static final long SIGNATURE = 0x89504E47_0D0A1A0AL;

    private PngChunks() {}

    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record Chunk(String type, byte[] data) {
        Chunk with(byte[] other) {
            return new Chunk(type, other);
        }
    }

    /** Of 8-bit RGB. */
    static Chunk header(int width, int height) {
        ByteBuffer data = ByteBuffer.allocate(13).putInt(width).putInt(height);
        return new Chunk("IHDR", data.put((byte) 8).put((byte) 2).array());
    }

    /** Zeros, packed. */
    static byte[] compressed(int zeros) {
        Deflater deflater = new Deflater();
        deflater.setInput(new byte[zeros]);
        deflater.finish();
        byte[] packed = new byte[zeros];
        int length = deflater.deflate(packed);
        deflater.end();
        return Arrays.copyOf(packed, length);
    }

    static List<Chunk> split(byte[] png) {
        List<Chunk> chunks = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(png).position(8);
        while (bytes.hasRemaining()) {
            byte[] data = new byte[bytes.getInt()];
            byte[] type = new byte[4];
            bytes.get(type).get(data).getInt();
            chunks.add(new Chunk(new String(type, StandardCharsets.ISO_8859_1), data));
        }
        return chunks;
    }

    static byte[] join(Chunk... chunks) {
        int length = 8;
        for (Chunk chunk : chunks) {
            length += chunk.data().length + 12;
        }
        ByteBuffer png = ByteBuffer.allocate(length).putLong(SIGNATURE);
        for (Chunk chunk : chunks) {
            CRC32 sum = new CRC32();
            byte[] type = chunk.type().getBytes(StandardCharsets.ISO_8859_1);
            sum.update(type);
            sum.update(chunk.data());
            png.putInt(chunk.data().length).put(type).put(chunk.data());
            png.putInt((int) sum.getValue());
        }
        return png.array();
    }
}
